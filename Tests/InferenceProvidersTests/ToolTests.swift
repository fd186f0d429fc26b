import Inference
import ModelServer
import StrictJSON
import Testing

/// Tools, pictures and thoughts, in the words of each protocol.
extension OverTheWire {
  @Suite(.timeLimit(.minutes(5))) struct `Tools, pictures and thoughts` {
    private static let weather = ModelTool(
      name: "weather", summary: "Tells the weather.",
      parameters: ["type": "object", "properties": ["place": ["type": "string"]]])

    /// A conversation with all there is in it.
    private static func request(_ choice: ModelToolChoice = .automatic) -> ModelRequest {
      ModelRequest(
        model: "m",
        messages: [
          ModelMessage(.system, "Be brief."),
          ModelMessage(.user, content: [.text("Look."), .image(.data(mediaType: "image/png", base64: "iVBO"))]),
          ModelMessage(
            .assistant,
            content: [
              .thinking(ModelThinking("Hm.", signature: "c2ln")), .text("I ask."),
              .toolCall(ModelToolCall(id: "call_7", name: "weather", arguments: #"{"place":"Oslo"}"#)),
            ]),
          ModelMessage(.user, content: [.toolResult(ModelToolResult(of: "call_7", "Rain.", isError: false))]),
        ], tools: [weather], toolChoice: choice)
    }

    private static func sent(_ wire: Wire, _ request: ModelRequest = request()) async throws -> JSON {
      let (_, received) = try await ProviderUnderTest.ask(wire.answer(["ok"]), over: wire, request: request)
      return try JSON(parsing: try #require(received.first).body)
    }

    @Test func `are asked for as OpenAI's protocol wants it`() async throws {
      let body = try await Self.sent(.openAI)
      #expect(
        body["messages"] == [
          ["role": "system", "content": "Be brief."],
          [
            "role": "user",
            "content": [
              ["type": "text", "text": "Look."],
              ["type": "image_url", "image_url": ["url": "data:image/png;base64,iVBO"]],
            ],
          ],
          [
            "role": "assistant", "content": "I ask.",
            "tool_calls": [
              [
                "id": "call_7", "type": "function",
                "function": ["name": "weather", "arguments": #"{"place":"Oslo"}"#],
              ]
            ],
          ],
          ["role": "tool", "tool_call_id": "call_7", "content": "Rain."],
        ])
      #expect(
        body["tools"] == [
          [
            "type": "function",
            "function": [
              "name": "weather", "description": "Tells the weather.", "parameters": Self.weather.parameters,
            ],
          ]
        ])
      #expect(body["tool_choice"] == "auto")
    }

    @Test func `are asked for as Anthropic's protocol wants it`() async throws {
      let body = try await Self.sent(.anthropic, Self.request(.named("weather")))
      #expect(body["system"] == "Be brief.")
      #expect(body["max_tokens"] == 4_096, "the protocol wants a bound")
      #expect(
        body["messages"] == [
          [
            "role": "user",
            "content": [
              ["type": "text", "text": "Look."],
              ["type": "image", "source": ["type": "base64", "media_type": "image/png", "data": "iVBO"]],
            ],
          ],
          [
            "role": "assistant",
            "content": [
              ["type": "thinking", "thinking": "Hm.", "signature": "c2ln"], ["type": "text", "text": "I ask."],
              ["type": "tool_use", "id": "call_7", "name": "weather", "input": ["place": "Oslo"]],
            ],
          ],
          ["role": "user", "content": [["type": "tool_result", "tool_use_id": "call_7", "content": "Rain."]]],
        ])
      #expect(body["tool_choice"] == ["type": "tool", "name": "weather"])
    }

    @Test func `are asked for as Ollama's protocol wants it`() async throws {
      let body = try await Self.sent(.ollama)
      #expect(
        body["messages"] == [
          ["role": "system", "content": "Be brief."], ["role": "user", "content": "Look.", "images": ["iVBO"]],
          [
            "role": "assistant", "content": "I ask.",
            "tool_calls": [["function": ["name": "weather", "arguments": ["place": "Oslo"]]]],
          ],
          ["role": "tool", "content": "Rain.", "tool_name": "weather"],
        ])
      #expect(
        try await Self.sent(.ollama, Self.request(.none))["tools"] == nil, "what must not be called is not offered")
    }

    @Test func `a form is demanded from Anthropic with a tool, and comes as text`() async throws {
      var request = ModelRequest(model: "m", messages: [ModelMessage(.user, "hi")])
      request.format = .schema(name: "proposal", ["type": "object"])
      let script: [ModelServer.Step] =
        [
          .streamHead, .messageStart(input: 5),
          .named(
            "content_block_start",
            #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"answer","input":{}}}"#
          ),
          .named(
            "content_block_delta",
            #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}"#),
          .named(
            "content_block_delta",
            #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"1}"}}"#),
        ] + .messageEnding(reason: "tool_use", output: 9)
      let (result, received) = try await ProviderUnderTest.ask(script, over: .anthropic, request: request)
      let answer = try result.get()
      #expect(answer.text == #"{"a":1}"#)
      #expect(answer.toolCalls.isEmpty && answer.finish == .stop, "the tool that stands for the answer is none")
      #expect(answer.usage == TokenUsage(input: 5, output: 9))
      let body = try JSON(parsing: received[0].body)
      #expect(body["tool_choice"] == ["type": "tool", "name": "answer"])
      #expect(body["tools"]?[0]?["input_schema"] == ["type": "object"])
    }

    private static let twoCalls = [
      ModelToolCall(id: "a", name: "weather", arguments: #"{"place":"Oslo"}"#),
      ModelToolCall(id: "b", name: "weather", arguments: #"{"place":"Rome"}"#),
    ]

    @Test func `calls that come interleaved are told apart`() async throws {
      func chunk(_ call: String) -> ModelServer.Step {
        .chunk(#"{"index":0,"delta":{"tool_calls":[\#(call)]},"finish_reason":null}"#, model: "m")
      }
      let script: [ModelServer.Step] = [
        .streamHead,
        chunk(#"{"index":0,"id":"a","type":"function","function":{"name":"weather","arguments":""}}"#),
        chunk(#"{"index":1,"id":"b","type":"function","function":{"name":"weather","arguments":"{\"place\""}}"#),
        chunk(#"{"index":0,"function":{"arguments":"{\"place\":\"Os"}}"#),
        chunk(#"{"index":1,"function":{"arguments":":\"Rome\"}"}}"#),
        chunk(#"{"index":0,"function":{"arguments":"lo\"}"}}"#),
        .chunk(#"{"index":0,"delta":{},"finish_reason":"tool_calls"}"#, model: "m"), .event("[DONE]"), .end,
      ]
      let answer = try await ProviderUnderTest.answer(script)
      #expect(answer.toolCalls == Self.twoCalls)
      #expect(answer.finish == .toolCalls)
    }

    @Test(arguments: [
      #"[{"id":"a","function":{"name":"weather","arguments":"{\"place\":\"Oslo\"}"}},{"id":"b","function":{"name":"weather","arguments":"{\"place\":\"Rome\"}"}}]"#,
      #"[{"index":0,"id":"a","function":{"name":"weather","arguments":"{\"place\":\"Oslo\"}"}},{"index":0,"id":"b","function":{"name":"weather","arguments":"{\"place\":\"Rome\"}"}}]"#,
      #"[{"index":3,"id":"a","function":{"name":"weather","arguments":{"place":"Oslo"}}},{"index":5,"id":"b","function":{"name":"weather","arguments":{"place":"Rome"}}}]"#,
    ])
    func `calls that come whole, without numbers or with strange ones, are read`(_ calls: String) async throws {
      let script: [ModelServer.Step] = [
        .streamHead, .chunk(#"{"index":0,"delta":{"tool_calls":\#(calls)},"finish_reason":"stop"}"#, model: "m"), .end,
      ]
      let answer = try await ProviderUnderTest.answer(script)
      #expect(answer.toolCalls == Self.twoCalls)
      #expect(answer.finish == .toolCalls, "“stop” with calls means that they are waited for")
    }

    @Test func `calls without ids get some`() async throws {
      let line =
        #"{"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"weather","arguments":{"place":"Oslo"}}},{"function":{"name":"weather","arguments":{}}}]},"done":false}"#
      let script: [ModelServer.Step] = [
        .lineHead, .line(line), .line(#"{"model":"m","done":true,"done_reason":"stop"}"#), .end,
      ]
      let answer = try await ProviderUnderTest.ask(script, over: .ollama).0.get()
      #expect(answer.toolCalls.map(\.id) == ["call_0", "call_1"])
      #expect(answer.toolCalls.map(\.arguments) == [#"{"place":"Oslo"}"#, "{}"])
      #expect(answer.finish == .toolCalls)
    }

    @Test func `thoughts are kept apart from what is said`() async throws {
      let thought = ModelServer.Step.chunk(
        #"{"index":0,"delta":{"reasoning_content":"Hm."},"finish_reason":null}"#, model: "m")
      let said = try await ProviderUnderTest.answer(.beginning([]) + [thought] + .ending(["Yes."]))
      #expect(said.text == "Yes." && said.thinking == ModelThinking("Hm."))

      let script: [ModelServer.Step] =
        [
          .streamHead, .messageStart(),
          .named(
            "content_block_start",
            #"{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"#
          ),
          .named(
            "content_block_delta",
            #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm."}}"#),
          .named(
            "content_block_delta",
            #"{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}"#),
          .named(
            "content_block_start",
            #"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":"Yes."}}"#),
        ] + .messageEnding(reason: "end_turn")
      let signed = try await ProviderUnderTest.ask(script, over: .anthropic).0.get()
      #expect(signed.text == "Yes." && signed.thinking == ModelThinking("Hm.", signature: "c2ln"))
    }

    @Test func `a call of a tool without a name is refused`() async throws {
      let script: [ModelServer.Step] = [
        .streamHead,
        .chunk(#"{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","function":{"arguments":"{}"}}]}}"#, model: "m"),
        .end,
      ]
      #expect(try await ProviderUnderTest.failure(script).kind == .nonsense)
    }

    @Test(arguments: [
      (#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#, InferenceError.Kind.overloaded),
      (#"{"type":"error","error":{"type":"rate_limit_error","message":"slow"}}"#, .rateLimited),
      (#"{"type":"error","error":{"type":"authentication_error","message":"no"}}"#, .badKey),
      (#"{"type":"error","error":{"type":"invalid_request_error","message":"no"}}"#, .badRequest),
    ])
    func `an error inside Anthropic's stream is named as it is`(_ data: String, kind: InferenceError.Kind) async throws
    {
      let result = try await ProviderUnderTest.ask(
        .messageBeginning(["one"]) + [.named("error", data), .end], over: .anthropic
      ).0
      let error = try #require(throws: InferenceError.self) { try result.get() }
      #expect(error.kind == kind && error.kept == "one")
    }

    @Test func `what Anthropic read from a cache is a part of the input`() async throws {
      let script: [ModelServer.Step] =
        [
          .streamHead,
          .named(
            "message_start",
            #"{"type":"message_start","message":{"model":"m","usage":{"input_tokens":10,"cache_read_input_tokens":90,"cache_creation_input_tokens":5,"output_tokens":1}}}"#
          ),
        ] + .messageEnding(reason: "end_turn", output: 7)
      let usage = try await ProviderUnderTest.ask(script, over: .anthropic).0.get().usage
      #expect(usage == TokenUsage(input: 105, output: 7, cachedInput: 90))
    }
  }
}
