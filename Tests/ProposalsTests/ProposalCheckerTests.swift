import Operations
import Proposals
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@Suite("Checking a proposal")
struct ProposalCheckerTests {
  private static let proposal = UniqueID(high: 0x0197_0000_0000_7000, low: 1 << 63 | 9)

  private func check(
    _ steps: [Proposal.Step], in arbiter: TestWorkspace, given: JSONObject = JSONObject(), role: Role = .owner,
    operations: Set<String> = ["roll_dice", "rename_workspace", "contribute_entropy"]
  ) async throws -> ProposalChecker.Report {
    let principal = Principal(workspace: arbiter.workspace, person: arbiter.owner.person, name: "Ines", role: role)
    let scope = ProposalScope(principal: principal, proposal: Self.proposal, operations: operations, given: given)
    return try await arbiter.database.write("test.check", in: arbiter.workspace) { [runner = arbiter.desk.runner] in
      try ProposalChecker(runner: runner).check(Proposal(operations: steps), in: scope, $0)
    }
  }

  private func rename(_ name: String, revision: Int64, key: String? = nil) -> Proposal.Step {
    .init(
      operation: "rename_workspace", input: ["name": .string(name), "revision": .integer(revision)], resultKey: key)
  }

  @Test func `a proposal that would do gives a plan, and nothing has happened`() async throws {
    let arbiter = try await TestWorkspace()
    let report = try await check(
      [.init(operation: "roll_dice", input: ["notation": "2d6"], resultKey: "a"), rename("New", revision: 1)],
      in: arbiter)
    #expect(report.faults.isEmpty)
    #expect(report.plan?.steps.count == 2)
    #expect(report.plan?.proposal == Self.proposal)
    #expect(report.rehearsal.steps.map(\.status) == [.executed, .executed])
    #expect(report.rehearsal.steps[0].display?.icon == .dice)
    #expect(try await arbiter.count("journal") == 2)
  }

  @Test func `every fault is named at once, with what is allowed and what was meant`() async throws {
    let arbiter = try await TestWorkspace()
    let report = try await check(
      [
        .init(operation: "rol_dice", input: ["notation": "2d6"], resultKey: "a"),
        .init(operation: "roll_dice", input: ["notation": "2d6", "workspace": "x"], resultKey: "a"),
        .init(operation: "roll_dice", input: ["notation": "2x6"]),
        .init(operation: "rotate_seed", input: [:]),
        rename("", revision: 7),
        .init(operation: "roll_dice", input: ["notation": 5]),
      ], in: arbiter)
    #expect(report.plan == nil)
    #expect(
      report.faults.map { "\($0.pointer) \($0.code)" } == [
        "/operations/0/operation unknown_operation", "/operations/1/input/workspace unknown_field",
        "/operations/1/result_key duplicate_result_key", "/operations/2/input/notation bad_notation",
        "/operations/3/operation unknown_operation", "/operations/4/input/name too_short",
        "/operations/5/input/notation wrong_type",
      ])
    #expect(report.faults[0].repair == "roll_dice")
    #expect(report.faults[4].allowed == ["contribute_entropy", "rename_workspace", "roll_dice"])
    #expect(try await arbiter.count("journal") == 2)
  }

  @Test func `steps see what the steps before them would have done`() async throws {
    let arbiter = try await TestWorkspace()
    let report = try await check([rename("A", revision: 1), rename("B", revision: 1)], in: arbiter)
    #expect(report.rehearsal.steps.map(\.status) == [.executed, .refused])
    #expect(report.faults.map(\.pointer) == ["/operations/1"])
  }

  @Test func `what the server sets a proposal may not, and it is added where the operation has it`() async throws {
    let arbiter = try await TestWorkspace()
    let step = Proposal.Step(operation: "rename_workspace", input: ["name": "A"])
    let report = try await check([step], in: arbiter, given: ["revision": 1])
    #expect(report.faults.isEmpty)
    let meddling = try await check([rename("A", revision: 1)], in: arbiter, given: ["revision": 1])
    #expect(meddling.faults.map { "\($0.pointer) \($0.code)" } == ["/operations/0/input/revision set_by_server"])
    let dice = try await check(
      [.init(operation: "roll_dice", input: ["notation": "1d6"])], in: arbiter, given: ["revision": 1])
    #expect(dice.faults.isEmpty)
  }

  @Test func `nobody may propose what their role does not carry`() async throws {
    let arbiter = try await TestWorkspace()
    let report = try await check(
      [.init(operation: "roll_dice", input: ["notation": "1d6"])], in: arbiter, role: .viewer)
    #expect(report.faults.map(\.code) == ["forbidden"])
  }
}
