import Gateway
import Inference
import StrictJSON
import Testing

@Suite("A request of a client")
struct RequestTests {
  private static let weather = ModelTool(
    name: "weather", summary: "Tells the weather.",
    parameters: ["type": "object", "properties": ["place": ["type": "string"]]])

  /// What all three of the next say.
  private static let conversation = [
    ModelMessage(.system, "Be brief."),
    ModelMessage(.user, content: [.text("Look."), .image(.data(mediaType: "image/png", base64: "iVBO"))]),
    ModelMessage(
      .assistant,
      content: [
        .thinking(ModelThinking("Hm.", signature: "c2ln")), .text("I ask."),
        .toolCall(ModelToolCall(id: "c7", name: "weather", arguments: #"{"place":"Oslo"}"#)),
        .toolCall(ModelToolCall(id: "c8", name: "weather", arguments: #"{"place":"Rome"}"#)),
      ]),
    ModelMessage(
      .user, content: [.toolResult(ModelToolResult(of: "c7", "Rain.")), .toolResult(ModelToolResult(of: "c8", "Sun."))]),
  ]

  @Test func `of OpenAI's chat protocol is read with all its pieces`() throws {
    let body: JSON = [
      "model": "fast",
      "messages": [
        ["role": "developer", "content": "Be brief."],
        [
          "role": "user",
          "content": [
            ["type": "text", "text": "Look."],
            ["type": "image_url", "image_url": ["url": "data:image/png;base64,iVBO"]],
          ],
        ],
        [
          "role": "assistant", "content": "I ask.", "reasoning_content": "Hm.",
          "tool_calls": [
            ["id": "c7", "type": "function", "function": ["name": "weather", "arguments": #"{"place":"Oslo"}"#]],
            ["id": "c8", "type": "function", "function": ["name": "weather", "arguments": #"{"place":"Rome"}"#]],
          ],
        ],
        ["role": "tool", "tool_call_id": "c7", "content": "Rain."],
        ["role": "tool", "tool_call_id": "c8", "content": [["type": "text", "text": "Sun."]]],
      ],
      "tools": [
        [
          "type": "function",
          "function": [
            "name": "weather", "description": "Tells the weather.", "parameters": Self.weather.parameters,
          ],
        ]
      ],
      "tool_choice": ["type": "function", "function": ["name": "weather"]], "stream": true,
      "stream_options": ["include_usage": true], "max_completion_tokens": 500, "temperature": 0.5, "stop": ["END"],
      "response_format": [
        "type": "json_schema", "json_schema": ["name": "form", "schema": ["type": "object"], "strict": true],
      ],
    ]
    let read = try ClientProtocol.chatCompletions.read(body)
    var expected = Self.conversation
    expected[2].content[0] = .thinking(ModelThinking("Hm."))
    #expect(read.request.messages == expected)
    #expect(read.request.tools == [Self.weather] && read.request.toolChoice == .named("weather"))
    #expect(read.request.format == .schema(name: "form", ["type": "object"]))
    #expect(read.request.outputTokensMax == 500 && read.request.temperature == 0.5 && read.request.stop == ["END"])
    #expect(read.facts.isStreamed && read.facts.wantsUsage && read.facts.model == "fast")
    #expect(read.untranslated.isEmpty)
    #expect(read.body == body)
  }

  @Test func `of Anthropic's protocol is read with all its pieces`() throws {
    let body: JSON = [
      "model": "fast", "system": [["type": "text", "text": "Be brief."]], "max_tokens": 3_000,
      "messages": [
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
            ["type": "tool_use", "id": "c7", "name": "weather", "input": ["place": "Oslo"]],
            ["type": "tool_use", "id": "c8", "name": "weather", "input": ["place": "Rome"]],
          ],
        ],
        [
          "role": "user",
          "content": [
            ["type": "tool_result", "tool_use_id": "c7", "content": "Rain."],
            ["type": "tool_result", "tool_use_id": "c8", "content": [["type": "text", "text": "Sun."]]],
          ],
        ],
      ],
      "tools": [
        [
          "name": "weather", "description": "Tells the weather.", "input_schema": Self.weather.parameters,
        ]
      ],
      "tool_choice": ["type": "any"], "thinking": ["type": "enabled", "budget_tokens": 2_000],
      "stop_sequences": ["END"], "stream": true,
      "output_config": ["format": ["type": "json_schema", "schema": ["type": "object"]]],
    ]
    let read = try ClientProtocol.messages.read(body)
    #expect(read.request.messages == Self.conversation)
    #expect(read.request.tools == [Self.weather] && read.request.toolChoice == .required)
    #expect(read.request.format == .schema(name: "answer", ["type": "object"]))
    #expect(read.request.thinkingTokensMax == 2_000)
    #expect(read.request.outputTokensMax == 1_000, "the bound is of what is thought and said")
    #expect(read.request.stop == ["END"] && read.facts.isStreamed && read.facts.outputTokensMax == 3_000)
    #expect(read.untranslated.isEmpty)
  }

  @Test func `of the Responses protocol is read with all its items`() throws {
    let body: JSON = [
      "model": "fast", "instructions": "Be brief.", "max_output_tokens": 100_000,
      "input": [
        [
          "role": "user",
          "content": [
            ["type": "input_text", "text": "Look."],
            ["type": "input_image", "image_url": "data:image/png;base64,iVBO", "detail": "auto"],
          ],
        ],
        [
          "type": "reasoning", "id": "rs_1", "summary": [["type": "summary_text", "text": "Hm."]],
          "encrypted_content": "c2ln",
        ],
        [
          "type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
          "content": [["type": "output_text", "text": "I ask.", "annotations": []]],
        ],
        ["type": "function_call", "call_id": "c7", "name": "weather", "arguments": #"{"place":"Oslo"}"#],
        ["type": "function_call", "call_id": "c8", "name": "weather", "arguments": #"{"place":"Rome"}"#],
        ["type": "function_call_output", "call_id": "c7", "output": "Rain."],
        ["type": "function_call_output", "call_id": "c8", "output": [["type": "input_text", "text": "Sun."]]],
      ],
      "tools": [
        [
          "type": "function", "name": "weather", "description": "Tells the weather.",
          "parameters": Self.weather.parameters,
        ]
      ],
      "tool_choice": ["type": "function", "name": "weather"], "reasoning": ["effort": "medium", "summary": "auto"],
      "text": ["format": ["type": "json_schema", "name": "form", "schema": ["type": "object"]]], "store": false,
      "include": ["reasoning.encrypted_content"],
    ]
    let read = try ClientProtocol.responses.read(body)
    #expect(read.request.messages == Self.conversation)
    #expect(read.request.tools == [Self.weather] && read.request.toolChoice == .named("weather"))
    #expect(read.request.format == .schema(name: "form", ["type": "object"]))
    #expect(read.request.thinkingTokensMax == 8_192 && read.request.outputTokensMax == 100_000 - 8_192)
    #expect(!read.facts.isStored && !read.facts.isStreamed && read.facts.previousResponse == nil)
    #expect(read.untranslated.isEmpty)
  }

  @Test(
    arguments: [
      (ClientProtocol.chatCompletions, "n", 3), (.chatCompletions, "seed", 7), (.chatCompletions, "logprobs", true),
      (.chatCompletions, "audio", ["voice": "alloy"]), (.chatCompletions, "top_p", 0.5),
      (.chatCompletions, "made_up", "x"), (.chatCompletions, "response_format", ["type": "json_object"]),
      (.chatCompletions, "parallel_tool_calls", false), (.messages, "top_k", 5),
      (.messages, "metadata", ["user_id": "u"]),
      (.responses, "previous_response_id", "resp_1"), (.responses, "truncation", "auto"),
      (.responses, "conversation", "conv_1"),
    ] as [(ClientProtocol, String, JSON)])
  func `names what a translation would lose`(speaks: ClientProtocol, field: String, value: JSON) throws {
    #expect(try speaks.read(speaks.body([field: value])).untranslated == ["/\(field)"])
  }

  @Test(
    arguments: [
      (ClientProtocol.chatCompletions, "n", 1), (.chatCompletions, "seed", .null),
      (.chatCompletions, "logprobs", false),
      (.chatCompletions, "modalities", ["text"]), (.chatCompletions, "top_p", 1.0), (.messages, "top_k", .null),
      (.messages, "thinking", ["type": "disabled"]), (.responses, "truncation", "disabled"),
      (.responses, "include", []),
    ] as [(ClientProtocol, String, JSON)])
  func `loses nothing by what says nothing`(speaks: ClientProtocol, field: String, value: JSON) throws {
    #expect(try speaks.read(speaks.body([field: value])).untranslated.isEmpty)
  }

  @Test func `names lost pieces by their places, and reads the others`() throws {
    let chat = try ClientProtocol.chatCompletions.read(
      ClientProtocol.chatCompletions.body([
        "messages": [
          [
            "role": "user", "name": "Ann",
            "content": [["type": "input_audio", "input_audio": ["data": "AAAA"]], ["type": "text", "text": "hi"]],
          ]
        ]
      ]))
    #expect(chat.untranslated == ["/messages/0/content/0", "/messages/0/name"])
    #expect(chat.request.messages == [ModelMessage(.user, "hi")])
    let messages = try ClientProtocol.messages.read(
      ClientProtocol.messages.body([
        "tools": [["type": "web_search_20250305", "name": "web_search"]],
        "messages": [
          [
            "role": "user",
            "content": [
              ["type": "text", "text": "hi", "cache_control": ["type": "ephemeral"]],
              ["type": "document", "source": ["type": "url", "url": "https://a.example/b.pdf"]],
            ],
          ]
        ],
      ]))
    #expect(messages.untranslated == ["/messages/0/content/0/cache_control", "/messages/0/content/1", "/tools/0"])
  }

  @Test(
    arguments: [
      ("none", 1_000, 0, 1_000), ("minimal", 8_000, 1_024, 6_976), ("high", 8_000, 4_000, 4_000),
      ("high", 1_000, 0, 1_000),
      ("low", nil, 4_096, nil),
    ] as [(String, Int?, Int, Int?)])
  func `is bounded by tokens of which at most half are for thinking`(
    effort: String, bound: Int?, thinking: Int, output: Int?
  ) throws {
    var more: JSONObject = ["reasoning_effort": .string(effort)]
    if let bound { more["max_tokens"] = .integer(Int64(bound)) }
    let request = try ClientProtocol.chatCompletions.read(ClientProtocol.chatCompletions.body(more)).request
    #expect(request.thinkingTokensMax == thinking && request.outputTokensMax == output)
  }

  @Test func `has at most as many tokens as bytes, and a bound of its own for each picture`() throws {
    let plain = ClientProtocol.chatCompletions.body()
    #expect(try ClientProtocol.chatCompletions.facts(of: plain, bytes: 70).inputTokensMax == 70)
    let picture = "data:image/png;base64," + String(repeating: "AAAA", count: 25_000)
    let shown = ClientProtocol.chatCompletions.body([
      "messages": [["role": "user", "content": [["type": "image_url", "image_url": ["url": .string(picture)]]]]]
    ])
    #expect(
      try ClientProtocol.chatCompletions.facts(of: shown, bytes: picture.utf8.count + 80).inputTokensMax == 50_080)
    let nested = ClientProtocol.messages.body([
      "tools": [["name": "t", "input_schema": [:]]],
      "messages": [
        [
          "role": "user",
          "content": [
            [
              "type": "tool_result", "tool_use_id": "c",
              "content": [["type": "image", "source": ["type": "base64", "media_type": "image/png", "data": "AAAA"]]],
            ]
          ],
        ]
      ],
    ])
    #expect(try ClientProtocol.messages.facts(of: nested, bytes: 204).inputTokensMax == 51_200)
  }

  private static let elsewhere: [(ClientProtocol, JSONObject)] = [
    (.responses, ["previous_response_id": "resp_1"]),
    (.responses, ["input": [["role": "user", "content": [["type": "input_file", "file_id": "f"]]]]]),
    (.chatCompletions, ["web_search_options": [:]]),
    (.messages, ["tools": [["type": "web_search_20250305", "name": "web_search"]]]),
  ]

  @Test(arguments: elsewhere)
  func `has no bound when it points to what is elsewhere`(speaks: ClientProtocol, more: JSONObject) throws {
    #expect(try speaks.facts(of: speaks.body(more), bytes: 500).inputTokensMax == nil)
  }
}
