import StrictJSON
import Testing
import Vocabulary

@testable import Operations
@testable import Proposals
@testable import Terminal

@Suite("arbiter play")
struct PlayTests {
  private static func run(_ outcome: Run.Outcome?, _ change: (inout Run) -> Void = { _ in }) -> Run {
    var run = Run(
      RunID(UniqueID(high: 1, low: 2)), on: "campaigns/sample", number: 1, .act, "go", by: "Ines", isByHand: false,
      at: Timestamp(microseconds: 0))
    change(&run)
    if let outcome { run.end(outcome) }
    return run
  }

  private static func bench(_ runs: [Run]) throws -> Bench {
    var script = FakeFolder.Script()
    script.runs = runs
    script.perform = { _, _ in
      Performed(output: ["chosen": ["model": "built-in"]], row: .row(5), isRepeated: false)
    }
    return try Bench(script)
  }

  @Test func `a turn is followed to its end, and its story is told once`() async throws {
    let told = Narrative(text: "The sign creaks.\nIt is new.", by: .model, choices: ["Go in"])
    let bench = try Self.bench([
      Self.run(nil), Self.run(nil) { $0.draft = "The sign creaks.\nIt" }, Self.run(.executed) { $0.narrative = told },
    ])
    #expect(await bench.run("play", "I rename it", "--campaign", "sample") == .success)
    #expect(bench.output == "\nThe sign creaks.\nIt is new.\n\n  - Go in\n")
  }

  @Test func `what no model answered fails, and says so`() async throws {
    let bench = try Self.bench([Self.run(.modelUnavailable) { $0.problem = "Nobody answered." }])
    #expect(await bench.run("play", "go", "--campaign", "sample") == .failed)
    #expect(bench.diagnostics.contains("Nobody answered."))
  }

  @Test func `programs get the run, its operations and the state's digest`() async throws {
    let bench = try Self.bench([Self.run(.told) { $0.say = "Which door?" }])
    #expect(await bench.run("play", "go", "--campaign", "sample", "--json") == .success)
    let document = try JSON(parsing: bench.output)
    #expect(document["outcome"] == "told")
    #expect(document["say"] == "Which door?")
    #expect(document["stateHash"] == "00ff")
  }

  @Test(arguments: [
    ["play"], ["play", "go", "--mode", "god"], ["play", "go", "--seed", "00"],
    ["play", "go", "--seed", "0", "--clock", "2026-01-01T00:00:00Z"],
    ["play", "go", "--seed", "zz", "--clock", "2026-01-01T00:00:00Z"],
    ["play", "go", "--seed", "00", "--clock", "noon"],
  ])
  func `arguments that make no sense are not understood`(arguments: [String]) async throws {
    #expect(try await Self.bench([]).run(arguments) == .usage)
  }
}
