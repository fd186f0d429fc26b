import Operations
import Proposals
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@Suite("Proposals that people bring")
struct ProposalDeskTests {
  /// Everything about the workspace itself may be proposed.
  private struct Everything: ProposalSurface {
    let area = "things"
    func scope(
      of name: String, for principal: Principal, proposal: UniqueID, in state: any ReadTransaction
    ) throws -> ProposalScope {
      guard name == "this" else { throw OperationError(.notFound, "There is no thing “\(name)”.") }
      return ProposalScope(
        principal: principal, proposal: proposal, operations: ["roll_dice", "rename_workspace"])
    }
  }

  private func bench(seed: UInt64 = 1) async throws -> (TestWorkspace, ProposalDesk) {
    let world = try await TestWorkspace(
      seed: seed,
      extra: [
        OperationSet(changes: [], reads: [], stateTables: [], routes: [], migrations: ProposalDesk.migrations)
      ])
    let desk = ProposalDesk(
      runner: world.desk.runner, database: world.database, sealer: world.ring,
      ids: UniqueIDSequence(clock: world.clock, random: world.random), surfaces: [Everything()])
    return (world, desk)
  }

  private static let good: JSON = [
    "operations": [
      ["operation": "roll_dice", "input": ["notation": "2d6"], "result_key": "a"],
      ["operation": "rename_workspace", "input": ["name": "New", "revision": 1]],
    ]
  ]

  @Test func `a proposal is executed whole, and its rows name it`() async throws {
    let (world, desk) = try await bench()
    let record = try await desk.execute(Self.good, on: "things/this", as: world.owner).record
    #expect(record.outcome == .executed)
    #expect(record.operations.map(\.status) == [.executed, .executed])
    #expect(record.operations.map(\.journal?.number) == [3, 4])
    #expect(try await world.read("show_journal_row", ["number": 4])["proposal"]?.text == "\(record.id)")
    #expect(try await world.read("show_workspace")["name"] == "New")
    #expect(try await desk.record(record.id, as: world.owner) == record)
    #expect(try await world.rebuild(reexecuting: true).isEqual)
  }

  @Test func `a check changes nothing and says what would happen`() async throws {
    let (world, desk) = try await bench()
    let report = try await desk.check(Self.good, on: "things/this", as: world.owner)
    #expect(report.isExecutable)
    #expect(report.operations.map(\.status) == [.executed, .executed])
    #expect(try await world.count("journal") == 2)
    #expect(try await world.count("proposals") == 0)
  }

  @Test func `what cannot be executed is refused with every fault, and nothing is written`() async throws {
    let (world, desk) = try await bench()
    let bad: JSON = [
      "operations": [
        ["operation": "rol_dice", "input": [:]],
        ["operation": "rename_workspace", "input": ["name": "A", "revision": 9]],
      ]
    ]
    let error = await #expect(throws: OperationError.self) {
      try await desk.execute(bad, on: "things/this", as: world.owner)
    }
    #expect(error?.errors.map(\.pointer) == ["/operations/0/operation", "/operations/1"])
    #expect(error?.errors.first?.message.contains("Suggested: \"roll_dice\"") == true)
    #expect(try await world.count("journal") == 2)
    #expect(try await world.count("proposals") == 0)
  }

  @Test func `a step that is not required and cannot be done is told and passed over`() async throws {
    let (world, desk) = try await bench()
    let renamed: JSON = [
      "operation": "rename_workspace", "input": ["name": "A", "revision": 9], "required": false, "result_key": "name",
    ]
    let rolled: JSON = ["operation": "roll_dice", "input": ["notation": "1d6"]]
    let report = try await desk.check(["operations": [renamed, rolled]], on: "things/this", as: world.owner)
    #expect(report.isExecutable && report.faults.map(\.pointer) == ["/operations/0"])
    let record = try await desk.execute(["operations": [renamed, rolled]], on: "things/this", as: world.owner).record
    #expect(record.outcome == .executed && record.operations.map(\.status) == [.refused, .executed])
    #expect(record.operations[0].errors.isEmpty == false)
    let unknown: JSON = ["operation": "rename_everything", "input": [:], "required": false]
    await #expect(throws: OperationError.self) {
      try await desk.execute(["operations": [unknown, rolled]], on: "things/this", as: world.owner)
    }
  }

  @Test func `a key gives the first answer again, and refuses another proposal`() async throws {
    let (world, desk) = try await bench()
    let key = IdempotencyKey("once")
    let first = try await desk.execute(Self.good, on: "things/this", as: world.owner, key: key)
    let again = try await desk.execute(Self.good, on: "things/this", as: world.owner, key: key)
    #expect(again.record == first.record)
    #expect((first.isRepeated, again.isRepeated) == (false, true))
    #expect(try await world.count("journal") == 4)
    let other: JSON = ["operations": [["operation": "roll_dice", "input": ["notation": "1d4"]]]]
    let error = await #expect(throws: OperationError.self) {
      try await desk.execute(other, on: "things/this", as: world.owner, key: key)
    }
    #expect(error?.code == .keyReused)
  }

  @Test func `dice that make it fail are used up, and the record says that nothing was done`() async throws {
    let risky: JSON = [
      "operations": [
        ["operation": "rename_workspace", "input": ["name": "New", "revision": 1]],
        ["operation": "roll_dice", "input": ["notation": "10 // (1d2 - 1)"]],
      ]
    ]
    var outcomes: Set<ProposalRecord.Outcome> = []
    for seed in 1...30 as ClosedRange<UInt64> {
      let (world, desk) = try await bench(seed: seed)
      guard let record = try? await desk.execute(risky, on: "things/this", as: world.owner).record else { continue }
      outcomes.insert(record.outcome)
      guard record.outcome == .failed else { continue }
      #expect(record.abortedAt == 1)
      #expect(record.operations.map(\.status) == [.rolledBack, .refused])
      #expect(try await world.read("show_workspace")["name"] == "The Salt Road")
      #expect(try await world.read("show_fairness")["current"]?["nextRoll"] == 1)
    }
    #expect(outcomes == [.executed, .failed])
  }

  @Test(arguments: ["things/that", "nothing/this", "things", ""])
  func `what nothing can be proposed about is named`(subject: String) async throws {
    let (world, desk) = try await bench()
    await #expect(throws: OperationError.self) {
      try await desk.check(Self.good, on: subject, as: world.owner)
    }
  }
}
