import AsyncHTTPClient
import Inference
import InferenceConformance
import InferenceProviders
import ModelServer
import StrictJSON
import Testing

extension OverTheWire {
  @Suite(.timeLimit(.minutes(5))) struct `A model behind any protocol` {
    @Test(arguments: Wire.allCases, InferenceConformance.cases)
    func `keeps the promises of every provider`(_ wire: Wire, _ promise: ConformanceCase) async throws {
      #expect(try await promise.run(on: ServedRig(wire)))
    }

    @Test(arguments: Wire.allCases, [1, 2, 3, 7, 64, 4_096])
    func `reads the same answer however the network cuts it`(_ wire: Wire, size: Int) async throws {
      let script = wire.answer(InferenceConformance.pieces, usage: TokenUsage(input: 1, output: 2)).recut(every: size)
      let answer = try await ProviderUnderTest.ask(script, over: wire).0.get()
      #expect(Array(answer.text.utf8) == Array(InferenceConformance.pieces.joined().utf8))
      #expect(answer.usage == TokenUsage(input: 1, output: 2))
      #expect(answer.finish == .stop)
    }
  }

  @Suite(.timeLimit(.minutes(5))) struct `A model behind OpenAI's protocol` {
    @Test func `is asked as the protocol wants it`() async throws {
      var request = InferenceConformance.request
      request.format = .schema(name: "proposal", ["type": "object"])
      let (_, received) = try await ProviderUnderTest.ask(.answer(["ok"]), request: request)
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
      let (_, received) = try await ProviderUnderTest.ask(.answer(["ok"]), request: request, key: nil)
      #expect(received[0].headers["authorization"] == nil)
      let body = try JSON(parsing: received[0].body)
      #expect(body.members?.keys.sorted() == ["messages", "model", "stream", "stream_options"])
    }

    @Test(arguments: [1, 2, 3, 7, 64, 4_096], ["\n", "\r\n", "\r"])
    func `reads the same answer however the network cuts it`(size: Int, newline: String) async throws {
      let script = [ModelServer.Step].answer(
        InferenceConformance.pieces, usage: #"{"prompt_tokens":1,"completion_tokens":2}"#)
      let answer = try await ProviderUnderTest.answer(script.newlines(newline).recut(every: size))
      #expect(Array(answer.text.utf8) == Array(InferenceConformance.pieces.joined().utf8))
      #expect(answer.usage == TokenUsage(input: 1, output: 2))
      #expect(answer.finish == .stop)
    }

    @Test func `text beyond the bound is not kept`() async throws {
      var limits = StreamLimits()
      limits.textBytesMax = 8
      let error = try await ProviderUnderTest.failure(.answer(["12345678", "9"]), limits: limits)
      #expect(error.kind == .tooLarge)
      #expect(error.kept == "12345678")
    }

    @Test(arguments: [
      ("Retry-After", "2", Duration.seconds(2)), ("Retry-After", "0.5", .milliseconds(500)),
      ("retry-after-ms", "250", .milliseconds(250)), ("Retry-After", "99999999999", .seconds(86_400)),
      ("Retry-After", "Sat, 21 Nov 2026 13:47:32 GMT", .seconds(32)),
    ])
    func `reads how long to wait`(name: String, value: String, delay: Duration) async throws {
      let error = try await ProviderUnderTest.failure(
        .plain(429, "{}", headers: [[name, value], ["Date", "Sat, 21 Nov 2026 13:47:00 GMT"]]))
      #expect(error.retryAfter == delay)
    }

    @Test(arguments: ["soon", "-1", "nan", "inf", "Sat, 21 Xyz 2026 13:47:32 GMT", ""])
    func `a wait that cannot be read is unknown`(_ value: String) async throws {
      #expect(
        try await ProviderUnderTest.failure(.plain(429, "{}", headers: [["Retry-After", value]])).retryAfter == nil)
    }

    @Test func `never shows the key, whatever the provider says`() async throws {
      let echo = #"{"error":{"message":"bad key sk-canary-1234567890, header Bearer sk-canary-1234567890"}}"#
      for status in [400, 401, 429, 500] {
        let error = try await ProviderUnderTest.failure(.plain(status, echo))
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
}
