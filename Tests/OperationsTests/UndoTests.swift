import Operations
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@Suite("Undo")
struct UndoTests {
  @Test func `an undone roll is withdrawn, keeps its dice, and the counter goes on`() async throws {
    let arbiter = try await TestWorkspace()
    let roll = try await arbiter.perform("roll_dice", ["notation": "2d6"])
    try await arbiter.perform("undo", ["journal": .integer(roll.row.number)])
    let listed = try await arbiter.read("list_rolls")["items"]?[0]
    #expect(listed?["state"] == "withdrawn")
    #expect(listed?["total"] == roll.output["total"])
    #expect(try await arbiter.read("show_fairness")["current"]?["nextRoll"] == 1)
  }

  @Test func `undoing an undo does it again, and it can be undone again`() async throws {
    let arbiter = try await TestWorkspace()
    let rename = try await arbiter.perform("rename_workspace", ["name": "A", "revision": 1])
    let undo = try await arbiter.perform("undo", ["journal": .integer(rename.row.number)])
    #expect(try await arbiter.read("show_workspace")["name"] == "The Salt Road")
    try await arbiter.perform("undo", ["journal": .integer(undo.row.number)])
    #expect(try await arbiter.read("show_workspace")["name"] == "A")
    try await arbiter.perform("undo", ["journal": .integer(rename.row.number)])
    #expect(try await arbiter.read("show_workspace")["name"] == "The Salt Road")
    #expect(try await arbiter.rebuild(reexecuting: true).isEqual)
  }

  @Test func `an undo is refused where a later row that stands changed the same value, and names it`() async throws {
    let arbiter = try await TestWorkspace()
    let first = try await arbiter.perform("rename_workspace", ["name": "A", "revision": 1])
    let second = try await arbiter.perform("rename_workspace", ["name": "B", "revision": 2])
    let error = await #expect(throws: OperationError.self) {
      try await arbiter.perform("undo", ["journal": .integer(first.row.number)])
    }
    #expect(error?.code == .undoConflict)
    #expect(error?.message.contains("row \(second.row.number)") == true)
    try await arbiter.perform("undo", ["journal": .integer(second.row.number)])
    try await arbiter.perform("undo", ["journal": .integer(first.row.number)])
    #expect(try await arbiter.read("show_workspace")["name"] == "The Salt Road")
  }

  @Test func `a row that is undone is not undone twice`() async throws {
    let arbiter = try await TestWorkspace()
    let roll = try await arbiter.perform("roll_dice", ["notation": "2d6"])
    try await arbiter.perform("undo", ["journal": .integer(roll.row.number)])
    let error = await #expect(throws: OperationError.self) {
      try await arbiter.perform("undo", ["journal": .integer(roll.row.number)])
    }
    #expect(error?.code == .alreadyUndone)
  }

  @Test(arguments: [1, 2])
  func `what has no inverse is not undone`(row: Int64) async throws {
    let arbiter = try await TestWorkspace()
    let error = await #expect(throws: OperationError.self) {
      try await arbiter.perform("undo", ["journal": .integer(row)])
    }
    #expect(error?.code == .notUndoable)
  }

  @Test func `who may not do a thing may not take it back either`() async throws {
    let workspace = try await TestWorkspace()
    try await workspace.perform("choose_model", ["builtIn": true])
    let row = JSON.integer(Int64(try await workspace.count("journal")))
    await #expect {
      try await workspace.perform("undo", ["journal": row], as: workspace.principal(.editor))
    } throws: {
      ($0 as? OperationError)?.code == .forbidden
    }
    try await workspace.perform("roll_dice", ["notation": "1d6"], as: workspace.principal(.editor))
    let roll = JSON.integer(Int64(try await workspace.count("journal")))
    try await workspace.perform("undo", ["journal": roll], as: workspace.principal(.editor))
    try await workspace.perform("undo", ["journal": row])
  }

  @Test func `a row that is not there is not found`() async throws {
    let arbiter = try await TestWorkspace()
    let error = await #expect(throws: OperationError.self) { try await arbiter.perform("undo", ["journal": 99]) }
    #expect(error?.code == .notFound)
  }
}
