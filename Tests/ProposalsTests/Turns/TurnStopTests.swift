import Inference
import Jobs
import Operations
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Proposals

@Suite("Turns that are stopped, and turns that a crash cut", .timeLimit(.minutes(2)))
struct TurnStopTests {
  private typealias Bench = TurnBench

  /// Begins a turn, works on it until `isThere`, and ends the worker as a crash does: without a word of the turn.
  private func begin(_ bench: TurnBench, until isThere: (Run) -> Bool) async throws -> Run {
    let (run, _) = try await bench.desk.begin(
      TurnDesk.Request(mode: .act, text: "go"), on: Bench.subject, as: bench.world.owner)
    let working = Task { [worker = bench.turns.worker()] in try await worker.run() }
    defer { working.cancel() }
    while true {
      let shown = try await bench.desk.show(run.id, as: bench.world.owner).run
      if isThere(shown) { return shown }
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test func `stopped before its commit, a turn changes nothing`() async throws {
    let bench = try await Bench([.silence(after: "{")])
    let run = try await begin(bench) { $0.calls.last?.state == .asked }
    let stopped = try await bench.desk.cancel(run.id, as: bench.world.owner)
    #expect(stopped.outcome == .cancelled)
    #expect(stopped.calls.map(\.state) == [.failed])
    #expect(try await bench.world.count("journal") == 2)
    #expect(try await bench.desk.cancel(run.id, as: bench.world.owner).outcome == .cancelled)
  }

  @Test func `stopped while it is told, what was done stands`() async throws {
    let bench = try await Bench([.text(Bench.good), .silence(after: "The sign is")])
    let run = try await begin(bench) { $0.draft != nil }
    #expect(run.draft == "The sign is")
    let stopped = try await bench.desk.cancel(run.id, as: bench.world.owner)
    #expect(stopped.outcome == .executed)
    #expect(stopped.narrative?.by == .results)
    #expect(stopped.draft == nil)
    #expect(try await bench.world.read("show_workspace")["name"] == "New")
  }

  @Test func `a turn whose worker went on is not asked for an answer that was received`() async throws {
    let bench = try await Bench([.text(Bench.good), .silence(after: ""), .text("Told.")])
    let run = try await begin(bench) { $0.calls.count == 2 }
    #expect(run.stage == .narrating)
    let ended = try await bench.turns.end(of: run.id)
    #expect(ended.calls.map(\.purpose) == [.propose, .narrate, .narrate])
    #expect(ended.calls.map(\.state) == [.answered, .lost, .answered])
    #expect(ended.narrative?.text == "Told.")
    #expect(try await bench.world.count("journal") == 4)
  }

  @Test func `an answer lost twice is not asked for again`() async throws {
    let bench = try await Bench([.silence(after: ""), .silence(after: ""), .text(Bench.good)])
    let run = try await begin(bench) { $0.calls.count == 1 }
    let working = Task { [worker = bench.turns.worker()] in try await worker.run() }
    while try await bench.desk.show(run.id, as: bench.world.owner).run.calls.count < 2 {
      try await Task.sleep(for: .milliseconds(5))
    }
    working.cancel()
    _ = await working.result
    let ended = try await bench.turns.end(of: run.id)
    #expect(ended.outcome == .modelUnavailable)
    #expect(ended.calls.map(\.state) == [.lost, .lost])
    #expect(bench.model.requests.count == 2)
  }

  @Test func `a worker whose turn was taken away commits nothing`() async throws {
    let bench = try await Bench([.silence(after: "{")])
    let run = try await begin(bench) { $0.calls.last?.state == .asked }
    _ = try await bench.desk.cancel(run.id, as: bench.world.owner)
    // Another turn runs at once: the stopped one is in nobody's way.
    let other = try await bench.desk.begin(
      TurnDesk.Request(mode: .act, text: "again"), on: Bench.subject, as: bench.world.owner)
    #expect(other.run.number == 2)
    #expect(try await bench.desk.show(run.id, as: bench.world.owner).run.outcome == .cancelled)
  }
}
