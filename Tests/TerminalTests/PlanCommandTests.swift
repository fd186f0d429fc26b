import Foundation
import Proposals
import StrictJSON
import Testing

@testable import Operations
@testable import Terminal

@Suite("arbiter plan and campaign")
struct PlanCommandTests {
  private static let plan: JSON = ["operations": [["operation": "roll_dice", "input": ["notation": "8d6"]]]]

  private func bench(_ script: FakeFolder.Script, file: JSON = plan) throws -> (Bench, String) {
    let bench = try Bench(script)
    let path = bench.scratch.path + "/plan.json"
    try Data(file.canonicalText().utf8).write(to: URL(filePath: path))
    return (bench, path)
  }

  private static func report(_ json: JSON) throws -> ProposalReport { try json.decode(ProposalReport.self) }

  @Test func `check shows what would happen, a line for each operation, and keeps nothing`() async throws {
    let (bench, path) = try bench(
      .init(check: { _ in
        try Self.report([
          "isExecutable": true, "faults": [],
          "operations": [
            [
              "operation": "roll_dice", "status": "executed",
              "display": ["icon": "dice", "message": "8d6 = 31", "compact": "31"],
            ]
          ],
        ])
      }))
    #expect(await bench.run("plan", "check", path, "--campaign", "salt") == .success)
    #expect(bench.output == "executed     8d6 = 31\nIt can be executed. Dice shown are samples.\n")
    #expect(bench.folder.log.first?.hasPrefix("check campaigns/salt {\"operations\"") == true)
  }

  @Test func `check names every fault with its place and what is suggested, and is status 1`() async throws {
    let (bench, path) = try bench(
      .init(check: { _ in
        try Self.report([
          "isExecutable": false, "operations": [["operation": "rol_dice", "status": "refused"]],
          "faults": [
            [
              "pointer": "/operations/0/operation", "code": "unknown_operation",
              "message": "There is no such operation.",
              "repair": "roll_dice",
            ],
            ["pointer": "/operations/1/input/amount", "code": "too_small", "message": "It is 0."],
          ],
        ])
      }))
    #expect(await bench.run("plan", "check", path, "--campaign", "salt") == .failed)
    #expect(bench.output == "refused      rol_dice\n")
    #expect(
      bench.diagnostics == """
        Error: 2 things are wrong with it.
          /operations/0/operation: There is no such operation. Suggested: "roll_dice".
          /operations/1/input/amount: It is 0.

        """)
  }

  @Test func `execute is status 1 when it failed once dice lay on the table`() async throws {
    let (bench, path) = try bench(
      .init(execute: { _ in
        let json: JSON = [
          "id": "0197a3c1-0000-7000-8000-000000000000", "subject": "campaigns/salt", "proposedBy": "Ines",
          "at": "2026-11-21T09:00:00Z", "outcome": "execution_failed", "abortedAt": 0,
          "failure": "Nothing was changed.",
          "operations": [["operation": "roll_dice", "status": "refused", "errors": []]],
        ]
        return try json.decode(ProposalRecord.self)
      }))
    #expect(await bench.run("plan", "execute", path, "--campaign", "salt", "--key", "k") == .failed)
    #expect(bench.output == "refused      roll_dice\n")
    #expect(bench.diagnostics.contains("Error: Nothing was changed."))
    #expect(bench.folder.log.first?.hasSuffix(" k") == true)
  }

  @Test func `a file that is no JSON is named with the place, and nothing is asked`() async throws {
    let bench = try Bench()
    let path = bench.scratch.path + "/plan.json"
    try Data("{\"operations\": [".utf8).write(to: URL(filePath: path))
    #expect(await bench.run("plan", "check", path, "--campaign", "salt") == .usage)
    #expect(bench.diagnostics.contains("\(path) is not JSON that can be used."))
    #expect(bench.folder.log.isEmpty)
    #expect(await bench.run("plan", "check", path + ".none", "--campaign", "salt") == .failed)
  }

  @Test func `the sample campaign is brought in as an operation`() async throws {
    let bench = try Bench(.init(perform: { call, _ in Performed(output: [:], row: .row(5), isRepeated: false) }))
    #expect(await bench.run("campaign", "import", "--sample", "--key", "k") == .success)
    #expect(bench.output == "“The Sample” is here as sample; that is journal row 5.\n")
    #expect(bench.folder.log.first == #"perform import_campaign {"id":"sample","name":"The Sample"} k"#)
    #expect(await bench.run("campaign", "import") == .usage)
  }
}
