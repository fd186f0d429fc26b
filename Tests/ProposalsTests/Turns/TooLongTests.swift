import Inference
import TestKit
import Testing

@testable import Proposals

@Suite("A prompt that is too long for the model")
struct TooLongTests {
  /// Tokens of a request and its answer, as this program counts them.
  private static func tokens(_ request: ModelRequest) -> Int { ContextBudget.tokens(of: request) }

  @Test func `is composed once more with what the refusal says is taken, and the turn goes on`() async throws {
    let bench = try await TurnBench([.tooLong(takes: 3_000), .text(TurnBench.good), .text("Told.")])
    let run = try await bench.take()
    #expect(run.outcome == .executed)
    #expect(run.narrative?.text == "Told.")
    #expect(run.problem == nil)
    let requests = bench.model.requests
    #expect(Self.tokens(requests[0]) > 3_000)
    #expect(Self.tokens(requests[1]) <= 3_000)
    #expect(requests[1].messages[0].text.contains("Left out, for want of room: details of much."))
    #expect(Self.tokens(requests[2]) <= 3_000, "and is counted on for the rest of the turn")
    #expect(run.calls.map(\.purpose) == [.propose, .propose, .narrate])
    #expect(run.calls.map(\.state) == [.failed, .answered, .answered])
    #expect(run.calls[0].nextContextTokens == 3_000)
    #expect(run.calls[0].error == "It is too long.")
  }

  @Test(arguments: [nil, 1_000_000])
  func `is half as long where the refusal says nothing, or more than was asked`(takes: Int?) async throws {
    let bench = try await TurnBench([.tooLong(takes: takes), .text(TurnBench.good), .text("Told.")])
    let run = try await bench.take()
    #expect(run.outcome == .executed)
    let requests = bench.model.requests
    #expect(run.calls[0].nextContextTokens == Self.tokens(requests[0]) / 2)
    #expect(Self.tokens(requests[1]) <= Self.tokens(requests[0]) / 2)
  }

  @Test func `is not asked a third time`() async throws {
    let bench = try await TurnBench([.tooLong(takes: 3_000), .tooLong(takes: 2_000)])
    let run = try await bench.take()
    #expect(run.outcome == .modelUnavailable)
    #expect(run.problem == "It is too long.")
    #expect(run.calls.map(\.nextContextTokens) == [3_000, nil])
  }

  @Test func `is told once more, shorter, or by its results`() async throws {
    let told = try await TurnBench([.text(TurnBench.good), .tooLong(takes: 2_500), .text("Told.")])
    #expect(try await told.take().narrative?.text == "Told.")
    let untold = try await TurnBench([.text(TurnBench.good), .tooLong(takes: nil), .tooLong(takes: nil)])
    let run = try await untold.take()
    #expect(run.outcome == .executed)
    #expect(run.narrative?.by == .results)
  }

  @Test func `leaves room for no longer an answer than the model gives`() async throws {
    let bench = try await TurnBench([.text(TurnBench.good), .text("Told.")], outputTokensMax: 700)
    _ = try await bench.take()
    #expect(bench.model.requests.map(\.outputTokensMax) == [700, 700])
  }
}
