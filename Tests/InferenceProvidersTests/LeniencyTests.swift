import Inference
import ModelServer
import Testing

extension OverTheWire {
  @Suite(.timeLimit(.minutes(5))) struct `What servers leave out or put elsewhere` {
    private static let head = ProviderUnderTest.head
    private static let hi = ProviderUnderTest.hi
    private static let end = ProviderUnderTest.end

    struct Leniency: Sendable, CustomTestStringConvertible {
      let testDescription: String
      let script: [ModelServer.Step]
      var text = "hi"
      var usage: TokenUsage?
      var finish = FinishReason.stop
    }

    @Test(arguments: [
      Leniency(testDescription: "no [DONE]", script: [head, hi, end, .end]),
      Leniency(testDescription: "no [DONE], and cut after the reason", script: [head, hi, end, .cut]),
      Leniency(testDescription: "no [DONE], and open for ever after the reason", script: [head, hi, end]),
      Leniency(
        testDescription: "[DONE] without a reason", script: [head, hi, .event("[DONE]"), .end], finish: .unstated),
      Leniency(testDescription: "an open line after [DONE]", script: [head, hi, end, .event("[DONE]")]),
      Leniency(
        testDescription: "choices null, absent and empty",
        script: [head, .event(#"{"choices":null}"#), .event("{}"), .event(#"{"choices":[]}"#), hi, end, .end]),
      Leniency(
        testDescription: "content null",
        script: [head, .event(#"{"choices":[{"delta":{"content":null}}]}"#), hi, end, .end]),
      Leniency(
        testDescription: "comments", script: [head, .text(": ping\n\n:\n"), hi, .text(": ping\n\n"), end, .end]),
      Leniency(testDescription: "a byte order mark", script: [head, .text("\u{FEFF}"), hi, end, .end]),
      Leniency(
        testDescription: "no blank after the colon",
        script: [head, .text("data:{\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n"), end, .end]),
      Leniency(
        testDescription: "event, id and unknown fields",
        script: [head, .text("event: message\nid: 7\nretry: 1\nx: y\n"), hi, end, .end]),
      Leniency(
        testDescription: "data on two lines",
        script: [head, .text("data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"hi\"}}]}\n\n"), end, .end]),
      Leniency(
        testDescription: "usage on the last chunk",
        script: [
          head, hi, .event(#"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":4}}"#), .end,
        ],
        usage: TokenUsage(input: 4)),
      Leniency(
        testDescription: "usage under x_groq",
        script: [head, hi, end, .event(#"{"x_groq":{"usage":{"completion_tokens":5}}}"#), .end],
        usage: TokenUsage(output: 5)),
      Leniency(
        testDescription: "usage in detail",
        script: [
          head, hi, end,
          .event(
            #"{"usage":{"prompt_tokens":9,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":3}}}"#
          ),
          .end,
        ], usage: TokenUsage(input: 9, output: 5, cachedInput: 8, reasoning: 3)),
      Leniency(
        testDescription: "usage that can be none",
        script: [head, hi, end, .event(#"{"usage":{"prompt_tokens":-1,"completion_tokens":"many"}}"#), .end]),
      Leniency(
        testDescription: "U+0000 inside a string, escaped and raw, and what only looks like it",
        script: [
          head, .event(#"{"choices":[{"delta":{"content":"a\u0000b\\u0000"}}]}"#),
          .event("{\"choices\":[{\"delta\":{\"content\":\"\u{0}\"}}]}"), end, .end,
        ],
        text: #"a�b\u0000�"#),
      Leniency(
        testDescription: "raw control characters inside strings",
        script: [head, .text("data: {\"choices\":[{\"delta\":{\"content\":\"a\tb \u{1}\"}}]}\n\n"), end, .end],
        text: "a\tb \u{1}"),
      Leniency(
        testDescription: "a second choice is not ours",
        script: [
          head, .event(#"{"choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"hi"}}]}"#),
          end,
          .end,
        ]),
      Leniency(
        testDescription: "an answer in one piece",
        script: .plain(
          200,
          #"{"model":"m","choices":[{"message":{"content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}}"#),
        usage: TokenUsage(input: 1)),
      Leniency(
        testDescription: "a reason of its own",
        script: [head, hi, .event(#"{"choices":[{"delta":{},"finish_reason":"eos"}]}"#), .end], finish: .other("eos")),
      Leniency(
        testDescription: "error null",
        script: [head, .event(#"{"error":null,"choices":[{"delta":{"content":"hi"}}]}"#), end, .end]),
    ])
    func `is lenient with what servers leave out or put elsewhere`(_ one: Leniency) async throws {
      var times = CallTimes()
      times.trailer = .milliseconds(200)
      let answer = try await ProviderUnderTest.answer(one.script, times: times)
      #expect(answer.text == one.text)
      #expect(answer.usage == one.usage)
      #expect(answer.finish == one.finish)
    }
  }
}
