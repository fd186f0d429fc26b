import Inference
import ModelServer
import Testing

extension OverTheWire {
  @Suite(.timeLimit(.minutes(5))) struct `What goes wrong at a provider` {
    private static let head = ProviderUnderTest.head
    private static let end = ProviderUnderTest.end

    struct Fault: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let script: [ModelServer.Step]
      let kind: InferenceError.Kind
      var kept = ""
      var says = ""
    }

    @Test(arguments: [
      Fault(
        testDescription: "the end of the connection before an answer", script: [.cut], kind: .refused, says: "closed"),
      Fault(testDescription: "silence before an answer", script: [], kind: .stalled, says: "said nothing"),
      Fault(testDescription: "a role and no word", script: .beginning([]), kind: .stalled, says: "said nothing"),
      Fault(
        testDescription: "silence after a word", script: .beginning(["one"]), kind: .stalled, kept: "one",
        says: "fell silent"),
      Fault(
        testDescription: "comments for ever", script: [head, .endless(Array(": ping\n\n".utf8))], kind: .stalled),
      Fault(testDescription: "a cut in mid-stream", script: .beginning(["one"]) + [.cut], kind: .cut, kept: "one"),
      Fault(
        testDescription: "a cut in mid-chunk",
        script: .beginning(["one"]) + [.text(#"data: {"choices":[{"del"#), .cut],
        kind: .cut, kept: "one"),
      Fault(
        testDescription: "a clean end without a terminal event", script: .beginning(["one"]) + [.end], kind: .cut,
        kept: "one"),
      Fault(
        testDescription: "a clean end in the last event",
        script: .beginning(["one"]) + [.text(#"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"#), .end],
        kind: .cut,
        kept: "one"),
      Fault(
        testDescription: "half a character, then a cut",
        script: .beginning(["one"]) + [
          .bytes(Array("data: {\"choices\":[{\"delta\":{\"content\":\"".utf8) + [0xF0, 0x9F]), .cut,
        ],
        kind: .cut, kept: "one"),
      Fault(
        testDescription: "nonsense JSON", script: .beginning(["one"]) + [.event("{nonsense"), end, .end],
        kind: .nonsense,
        kept: "one"),
      Fault(testDescription: "JSON that is no object", script: [head, .event("[1]"), .end], kind: .nonsense),
      Fault(
        testDescription: "deep JSON", script: [head, .event(String(repeating: "[", count: 5_000)), .end],
        kind: .nonsense),
      Fault(
        testDescription: "an error inside the stream",
        script: .beginning(["one"]) + [.event(#"{"error":{"message":"The server had an error","code":502}}"#), .end],
        kind: .overloaded, kept: "one", says: "The server had an error"),
      Fault(
        testDescription: "a rate limit inside the stream",
        script: [head, .event(#"{"error":{"message":"slow down","type":"rate_limit_exceeded"}}"#), .end],
        kind: .rateLimited),
      Fault(
        testDescription: "an error text inside the stream",
        script: [head, .event(#"{"error":"out of memory"}"#), .end],
        kind: .overloaded, says: "out of memory"),
      Fault(
        testDescription: "a filter in mid-stream",
        script: .beginning(["one"]) + [.event(#"{"choices":[{"delta":{},"finish_reason":"content_filter"}]}"#), .end],
        kind: .contentFiltered, kept: "one"),
      Fault(
        testDescription: "a refusal", script: [head, .event(#"{"choices":[{"delta":{"refusal":"I cannot"}}]}"#), .end],
        kind: .contentFiltered),
      Fault(
        testDescription: "a page", script: .plain(200, "<html>", type: "text/html; charset=utf-8"), kind: .nonsense,
        says: "text/html"),
      Fault(
        testDescription: "a packed answer",
        script: [
          .head(status: 200, headers: [["Content-Type", "text/event-stream"], ["Content-Encoding", "gzip"]]), .end,
        ],
        kind: .nonsense, says: "gzip"),
      Fault(
        testDescription: "a long line", script: [head, .endless(Array("data: xxxxxxxxxxxxxxxx".utf8))], kind: .tooLarge,
        says: "line"),
      Fault(
        testDescription: "a long event", script: [head, .endless(Array("data: xxxxxxxxxxxxxxxx\n".utf8))],
        kind: .tooLarge, says: "event"),
      Fault(
        testDescription: "endless words",
        script: [
          head, .endless(Array(#"data: {"choices":[{"delta":{"content":"word word word "}}]}"#.utf8 + [10, 10])),
        ],
        kind: .tooLarge),
      Fault(
        testDescription: "400", script: .plain(400, #"{"error":{"message":"no such field"}}"#), kind: .badRequest,
        says: "no such field"),
      Fault(
        testDescription: "400 for its content",
        script: .plain(400, #"{"error":{"message":"no","code":"content_policy_violation"}}"#),
        kind: .contentFiltered),
      Fault(testDescription: "401", script: .plain(401, "{}"), kind: .badKey),
      Fault(testDescription: "403", script: .plain(403, "", type: "text/plain"), kind: .badKey),
      Fault(
        testDescription: "404", script: .plain(404, #"{"error":"model 'x' not found"}"#), kind: .unknownModel,
        says: "model 'x' not found"),
      Fault(
        testDescription: "307", script: .plain(307, "", headers: [["Location", "http://127.0.0.1:1/"]]),
        kind: .badRequest
      ),
      Fault(testDescription: "429", script: .plain(429, "{}"), kind: .rateLimited),
      Fault(
        testDescription: "429 for ever", script: .plain(429, #"{"error":{"code":"insufficient_quota"}}"#),
        kind: .badRequest),
      Fault(testDescription: "500", script: .plain(500, "<html>"), kind: .overloaded),
      Fault(testDescription: "529", script: .plain(529, "{}"), kind: .overloaded),
      Fault(
        testDescription: "500 without an end",
        script: [.head(status: 500, headers: []), .endless(Array(repeating: 120, count: 1_000))],
        kind: .overloaded),
      Fault(
        testDescription: "500 and a cut", script: [.head(status: 500, headers: []), .text("oh"), .cut],
        kind: .overloaded,
        says: "oh"),
    ])
    func `names what went wrong, keeps what came, and ends in time`(_ fault: Fault) async throws {
      var times = CallTimes()
      // Short only where it is waited for, so that a busy machine changes no other outcome.
      if fault.kind == .stalled, fault.kept.isEmpty { times.firstPiece = .milliseconds(400) }
      if fault.kind == .stalled, !fault.kept.isEmpty { times.betweenPieces = .milliseconds(400) }
      var limits = StreamLimits()
      limits.lineBytesMax = 40_000
      limits.eventBytesMax = 60_000
      limits.textBytesMax = 60_000
      let error = try await ProviderUnderTest.failure(fault.script, times: times, limits: limits)
      #expect(error.kind == fault.kind, "\(error)")
      if fault.testDescription != "endless words" { #expect(error.kept == fault.kept) }
      #expect(error.message.contains(fault.says), "\(error)")
    }
  }
}
