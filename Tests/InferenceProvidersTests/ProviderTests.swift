import AsyncHTTPClient
import Inference
import InferenceConformance
import InferenceProviders
import ModelServer
import StrictJSON
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct `A model behind OpenAI's protocol` {
  /// What a provider that was asked once said, and what the server was asked.
  private func ask(
    _ script: [ModelServer.Step], request: ModelRequest = InferenceConformance.request, times: CallTimes = CallTimes(),
    limits: StreamLimits = StreamLimits(), key: String? = "sk-canary-1234567890"
  ) async throws -> (Result<ModelAnswer, InferenceError>, [ModelServer.Request]) {
    try await ModelServer.run(playing: script) { server in
      let endpoint = try #require(EndpointURL(server.baseURL))
      let client = HTTPClient.forModels(times: times)
      let provider = OpenAICompatibleProvider(
        name: "Test", at: endpoint, key: key.flatMap { APIKey($0) }, client: client, times: times, limits: limits)
      let result: Result<ModelAnswer, InferenceError>
      do { result = .success(try await provider.answer(to: request)) } catch let error as InferenceError {
        result = .failure(error)
      } catch {
        // A test that ran out of time is cancelled. A client that is not shut down would end all tests with it.
        try await client.shutdown()
        throw error
      }
      try await client.shutdown()
      return (result, server.received)
    }
  }

  private func answer(_ script: [ModelServer.Step], times: CallTimes = CallTimes()) async throws -> ModelAnswer {
    try await ask(script, times: times).0.get()
  }

  private func failure(
    _ script: [ModelServer.Step], times: CallTimes = CallTimes(), limits: StreamLimits = StreamLimits()
  ) async throws -> InferenceError {
    switch try await ask(script, times: times, limits: limits).0 {
    case .success(let answer): throw Surprise(answer: answer)
    case .failure(let error): return error
    }
  }

  private struct Surprise: Error { let answer: ModelAnswer }

  @Test(arguments: InferenceConformance.cases)
  func `keeps the promises of every provider`(_ promise: ConformanceCase) async throws {
    #expect(try await promise.run(on: ServedRig()))
  }

  @Test func `is asked as the protocol wants it`() async throws {
    var request = InferenceConformance.request
    request.format = .schema(name: "proposal", ["type": "object"])
    let (_, received) = try await ask(.answer(["ok"]), request: request)
    let call = try #require(received.first)
    #expect(call.method == "POST")
    #expect(call.path == "/v1/chat/completions")
    #expect(call.headers["authorization"] == "Bearer sk-canary-1234567890")
    #expect(call.headers["accept-encoding"] == nil)
    #expect(
      try JSON(parsing: call.body)
        == [
          "model": "test-model", "stream": true, "stream_options": ["include_usage": true], "max_tokens": 200,
          "temperature": 0.5, "stop": ["END"],
          "messages": [
            ["role": "system", "content": "You are the narrator."], ["role": "user", "content": "I open the door."],
          ],
          "response_format": [
            "type": "json_schema", "json_schema": ["name": "proposal", "schema": ["type": "object"], "strict": true],
          ],
        ])
  }

  @Test func `says nothing it was not told to say`() async throws {
    let request = ModelRequest(model: "m", messages: [ModelMessage(.user, "hi")])
    let (_, received) = try await ask(.answer(["ok"]), request: request, key: nil)
    #expect(received[0].headers["authorization"] == nil)
    let body = try JSON(parsing: received[0].body)
    #expect(body.members?.keys.sorted() == ["messages", "model", "stream", "stream_options"])
  }

  @Test(arguments: [1, 2, 3, 7, 64, 4_096], ["\n", "\r\n", "\r"])
  func `reads the same answer however the network cuts it`(size: Int, newline: String) async throws {
    let script = [ModelServer.Step].answer(
      InferenceConformance.pieces, usage: #"{"prompt_tokens":1,"completion_tokens":2}"#)
    let answer = try await answer(script.newlines(newline).recut(every: size))
    #expect(Array(answer.text.utf8) == Array(InferenceConformance.pieces.joined().utf8))
    #expect(answer.usage == TokenUsage(input: 1, output: 2))
    #expect(answer.finish == .stop)
  }

  struct Leniency: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: [ModelServer.Step]
    var text = "hi"
    var usage: TokenUsage?
    var finish = FinishReason.stop
  }

  private static let end = ModelServer.Step.event(#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#)
  private static let hi = ModelServer.Step.event(#"{"model":"m","choices":[{"delta":{"content":"hi"}}]}"#)
  private static let head = [ModelServer.Step].streamHead

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
    Leniency(testDescription: "comments", script: [head, .text(": ping\n\n:\n"), hi, .text(": ping\n\n"), end, .end]),
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
      testDescription: "raw control characters inside strings",
      script: [head, .text("data: {\"choices\":[{\"delta\":{\"content\":\"a\tb \u{1}\"}}]}\n\n"), end, .end],
      text: "a\tb \u{1}"),
    Leniency(
      testDescription: "a second choice is not ours",
      script: [
        head, .event(#"{"choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"hi"}}]}"#), end,
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
    let answer = try await answer(one.script, times: times)
    #expect(answer.text == one.text)
    #expect(answer.usage == one.usage)
    #expect(answer.finish == one.finish)
  }

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
      testDescription: "a cut in mid-chunk", script: .beginning(["one"]) + [.text(#"data: {"choices":[{"del"#), .cut],
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
      testDescription: "nonsense JSON", script: .beginning(["one"]) + [.event("{nonsense"), end, .end], kind: .nonsense,
      kept: "one"),
    Fault(testDescription: "JSON that is no object", script: [head, .event("[1]"), .end], kind: .nonsense),
    Fault(
      testDescription: "deep JSON", script: [head, .event(String(repeating: "[", count: 5_000)), .end], kind: .nonsense),
    Fault(
      testDescription: "an error inside the stream",
      script: .beginning(["one"]) + [.event(#"{"error":{"message":"The server had an error","code":502}}"#), .end],
      kind: .overloaded, kept: "one", says: "The server had an error"),
    Fault(
      testDescription: "a rate limit inside the stream",
      script: [head, .event(#"{"error":{"message":"slow down","type":"rate_limit_exceeded"}}"#), .end],
      kind: .rateLimited),
    Fault(
      testDescription: "an error text inside the stream", script: [head, .event(#"{"error":"out of memory"}"#), .end],
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
      testDescription: "404", script: .plain(404, #"{"error":"model 'x' not found"}"#), kind: .badRequest,
      says: "model 'x' not found"),
    Fault(
      testDescription: "307", script: .plain(307, "", headers: [["Location", "http://127.0.0.1:1/"]]), kind: .badRequest
    ),
    Fault(testDescription: "429", script: .plain(429, "{}"), kind: .rateLimited),
    Fault(
      testDescription: "429 for ever", script: .plain(429, #"{"error":{"code":"insufficient_quota"}}"#),
      kind: .badRequest),
    Fault(testDescription: "500", script: .plain(500, "<html>"), kind: .overloaded),
    Fault(testDescription: "529", script: .plain(529, "{}"), kind: .overloaded),
    Fault(
      testDescription: "500 without an end",
      script: [.head(status: 500, headers: []), .endless(Array(repeating: 120, count: 1_000))], kind: .overloaded),
    Fault(
      testDescription: "500 and a cut", script: [.head(status: 500, headers: []), .text("oh"), .cut], kind: .overloaded,
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
    let error = try await failure(fault.script, times: times, limits: limits)
    #expect(error.kind == fault.kind, "\(error)")
    if fault.testDescription != "endless words" { #expect(error.kept == fault.kept) }
    #expect(error.message.contains(fault.says), "\(error)")
  }

  @Test func `text beyond the bound is not kept`() async throws {
    var limits = StreamLimits()
    limits.textBytesMax = 8
    let error = try await failure(.answer(["12345678", "9"]), limits: limits)
    #expect(error.kind == .tooLarge)
    #expect(error.kept == "12345678")
  }

  @Test(arguments: [
    ("Retry-After", "2", Duration.seconds(2)), ("Retry-After", "0.5", .milliseconds(500)),
    ("retry-after-ms", "250", .milliseconds(250)), ("Retry-After", "99999999999", .seconds(86_400)),
    ("Retry-After", "Sat, 21 Nov 2026 13:47:32 GMT", .seconds(32)),
  ])
  func `reads how long to wait`(name: String, value: String, delay: Duration) async throws {
    let error = try await failure(
      .plain(429, "{}", headers: [[name, value], ["Date", "Sat, 21 Nov 2026 13:47:00 GMT"]]))
    #expect(error.retryAfter == delay)
  }

  @Test(arguments: ["soon", "-1", "nan", "inf", "Sat, 21 Xyz 2026 13:47:32 GMT", ""])
  func `a wait that cannot be read is unknown`(_ value: String) async throws {
    #expect(try await failure(.plain(429, "{}", headers: [["Retry-After", value]])).retryAfter == nil)
  }

  @Test func `never shows the key, whatever the provider says`() async throws {
    let echo = #"{"error":{"message":"bad key sk-canary-1234567890, header Bearer sk-canary-1234567890"}}"#
    for status in [400, 401, 429, 500] {
      let error = try await failure(.plain(status, echo))
      #expect(!"\(error)\(String(reflecting: error))".contains("canary"))
      #expect(error.message.contains("[key]"))
    }
    let key = try #require(APIKey("sk-canary-1234567890"))
    let endpoint = try #require(EndpointURL("http://127.0.0.1:1/v1"))
    let client = HTTPClient.forModels()
    let provider = OpenAICompatibleProvider(name: "Test", at: endpoint, key: key, client: client)
    var dumped = ""
    dump(provider, to: &dumped)
    #expect(!"\(provider) \(key) \(String(reflecting: key)) \(dumped)".contains("canary"))
    try await client.shutdown()
  }

  @Test func `a call after a fault succeeds`() async throws {
    try await ModelServer.run(playing: .beginning(["one"]) + [.cut]) { server in
      let client = HTTPClient.forModels()
      let provider = OpenAICompatibleProvider(
        name: "Test", at: try #require(EndpointURL(server.baseURL)), key: nil, client: client)
      await #expect(throws: InferenceError.self) { try await provider.answer(to: InferenceConformance.request) }
      server.play(.answer(["well"]))
      #expect(try await provider.answer(to: InferenceConformance.request).text == "well")
      try await client.shutdown()
    }
  }

  @Test(arguments: [
    ("https://api.openai.com/v1/", "https://api.openai.com/v1"), ("HTTP://127.0.0.1:11434", "http://127.0.0.1:11434"),
    ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
  ])
  func `takes addresses`(text: String, address: String) { #expect(EndpointURL(text)?.description == address) }

  @Test(arguments: [
    "", "api.openai.com", "ftp://x", "http://", "http://:80", "https://user:secret@x/v1", "https://x/v1?key=1",
    "https://x/#y", "https://x y", "https://ü.example", "https://x\r\nHost: y", "file:///etc/passwd",
  ])
  func `refuses what is no address`(text: String) { #expect(EndpointURL(text) == nil) }
}
