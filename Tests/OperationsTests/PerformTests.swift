import Operations
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@Suite("Performing operations")
struct PerformTests {
  @Test func `a roll gives its result, its row and its event in one commit`() async throws {
    let arbiter = try await TestWorkspace()
    let performed = try await arbiter.perform("roll_dice", ["notation": "8d6", "purpose": "Fireball"])
    let total = try #require(performed.output["total"]?.int64)
    #expect((8...48).contains(total))
    #expect(performed.row.number == 3)
    let entry = try await arbiter.read("show_journal_row", ["number": 3])
    #expect(entry["summary"] == .string("8d6 = \(total) (Fireball)"))
    #expect(entry["draws"]?["faces"]?.items?.count == 8)
    #expect(entry["events"]?[0]?["type"] == "roll.made")
    let rolls = try await arbiter.read("list_rolls")
    #expect(rolls["items"]?[0]?["id"] == performed.output["id"])
    #expect(rolls["cursor"] == "rolls:1")
  }

  @Test func `the same key with the same input gives the stored answer and does nothing again`() async throws {
    let arbiter = try await TestWorkspace()
    let first = try await arbiter.perform("roll_dice", ["notation": "8d6"], key: "abc")
    let second = try await arbiter.perform("roll_dice", ["notation": "8d6"], key: "abc")
    #expect(second.output == first.output)
    #expect(second.row == first.row)
    #expect(second.isRepeated)
    #expect(!first.isRepeated)
    #expect(try await arbiter.count("rolls") == 1)
  }

  @Test func `fifty calls at once with one key are one roll`() async throws {
    let arbiter = try await TestWorkspace()
    let totals = try await withThrowingTaskGroup(of: JSON?.self) { group in
      for _ in 0..<50 {
        group.addTask { try await arbiter.perform("roll_dice", ["notation": "1d1000000"], key: "one").output["total"] }
      }
      return try await group.reduce(into: Set<JSON?>()) { $0.insert($1) }
    }
    #expect(totals.count == 1)
    #expect(try await arbiter.count("rolls") == 1)
  }

  @Test func `a key that comes back with another input is refused`() async throws {
    let arbiter = try await TestWorkspace()
    try await arbiter.perform("roll_dice", ["notation": "8d6"], key: "abc")
    let error = await #expect(throws: OperationError.self) {
      try await arbiter.perform("roll_dice", ["notation": "9d6"], key: "abc")
    }
    #expect(error?.code == .keyReused)
    #expect(try await arbiter.count("rolls") == 1)
  }

  @Test func `a viewer may not roll, and nothing is written`() async throws {
    let arbiter = try await TestWorkspace()
    let error = await #expect(throws: OperationError.self) {
      try await arbiter.perform("roll_dice", ["notation": "8d6"], as: arbiter.principal(.viewer))
    }
    #expect(error?.code == .forbidden)
    #expect(try await arbiter.count("journal") == 2)
  }

  @Test func `all faults of an input are told at once, each with its pointer`() async throws {
    let arbiter = try await TestWorkspace()
    let error = await #expect(throws: OperationError.self) {
      try await arbiter.perform("roll_dice", ["notation": 7, "porpose": "x"])
    }
    #expect(error?.code == .invalidInput)
    #expect(Set(error?.errors.map(\.pointer) ?? []) == ["/notation", "/porpose"])
  }

  @Test func `a notation that cannot be read points at itself, and draws nothing`() async throws {
    let arbiter = try await TestWorkspace()
    let error = await #expect(throws: OperationError.self) {
      try await arbiter.perform("roll_dice", ["notation": "8d"])
    }
    #expect(error?.errors.first?.pointer == "/notation")
    let fairness = try await arbiter.read("show_fairness")
    #expect(fairness["current"]?["nextRoll"] == 0)
  }

  @Test func `rows are later than the rows before them when the clock is set back`() async throws {
    let arbiter = try await TestWorkspace()
    let first = try await arbiter.perform("roll_dice", ["notation": "1d6"])
    arbiter.clock.advance(by: .seconds(-86_400))
    let second = try await arbiter.perform("roll_dice", ["notation": "1d6"])
    #expect(second.row.time > first.row.time)
    #expect(try await arbiter.journal.verify(arbiter.workspace, of: arbiter.database).isWhole)
  }

  @Test func `a name is changed only by who saw its present state`() async throws {
    let arbiter = try await TestWorkspace()
    try await arbiter.perform("rename_workspace", ["name": "A", "revision": 1])
    let error = await #expect(throws: OperationError.self) {
      try await arbiter.perform("rename_workspace", ["name": "B", "revision": 1])
    }
    #expect(error?.code == .preconditionFailed)
    #expect(try await arbiter.read("show_workspace")["name"] == "A")
  }
}
