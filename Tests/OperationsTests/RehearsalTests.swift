import Operations
import Storage
import StrictJSON
import TestKit
import Testing

@Suite("Rehearsal")
struct RehearsalTests {
  @Test func `a rehearsal leaves nothing behind and does not use up the coming dice`() async throws {
    let arbiter = try await TestWorkspace()
    let before = try await arbiter.stateHash()
    let rehearsal = try await arbiter.desk.rehearse(
      [OperationCall(operation: "roll_dice", input: ["notation": "1d1000000"])], as: arbiter.owner)
    #expect(rehearsal.steps.map(\.status) == [.executed])
    #expect(try await arbiter.stateHash() == before)
    #expect(try await arbiter.count("journal") == 2)
    #expect(try await arbiter.count("events") == 3)
    let roll = try await arbiter.perform("roll_dice", ["notation": "1d1000000"])
    #expect(roll.output["draws"]?["roll"] == 0)
    #expect(roll.output["total"] != rehearsal.steps[0].output?["total"])
  }

  @Test func `sample dice that make a formula fail refuse the step and not the rehearsal`() async throws {
    let arbiter = try await TestWorkspace()
    let risky = OperationCall(operation: "roll_dice", input: ["notation": "10 // (1d2 - 1)"])
    let rehearsal = try await arbiter.desk.rehearse(Array(repeating: risky, count: 40), as: arbiter.owner)
    #expect(Set(rehearsal.steps.map(\.status)) == [.executed, .refused])
    #expect(rehearsal.errors.allSatisfy { $0.message.contains("a divisor must not be zero") })
  }

  @Test func `a rehearsal sees what its earlier operations would have done`() async throws {
    let arbiter = try await TestWorkspace()
    let rehearsal = try await arbiter.desk.rehearse(
      [
        OperationCall(operation: "rename_workspace", input: ["name": "A", "revision": 1]),
        OperationCall(operation: "rename_workspace", input: ["name": "B", "revision": 2]),
        OperationCall(operation: "rename_workspace", input: ["name": "C", "revision": 2]),
        OperationCall(operation: "no_such", input: [:]),
      ], as: arbiter.owner)
    #expect(rehearsal.steps.map(\.status) == [.executed, .executed, .refused, .refused])
    #expect(rehearsal.errors.map(\.pointer) == ["/operations/2", "/operations/3"])
    #expect(try await arbiter.read("show_workspace")["name"] == "The Salt Road")
  }
}
