import Gateway
import StrictJSON
import Testing

@Suite("A request that is none")
struct HostileRequestTests {
  @Test(arguments: ClientProtocol.allCases, ["1", "[]", "null", "\"x\"", "{}"])
  func `is refused with a place`(speaks: ClientProtocol, text: String) throws {
    let fault = try #require(speaks.fault(of: try JSON(parsing: text)))
    #expect(fault.status == 400 && !fault.errors.isEmpty && !fault.isRetryable)
    #expect(fault.errors.contains { $0.pointer == "/model" } == (text == "{}"))
  }

  /// Each field with a value that it cannot have, and the place that is told.
  private static let wrong: [(ClientProtocol, JSONObject, String)] = [
    (.chatCompletions, ["model": 7], "/model"), (.chatCompletions, ["model": ""], "/model"),
    (.chatCompletions, ["model": "a\u{0}b"], "/model"), (.chatCompletions, ["stream": "yes"], "/stream"),
    (.chatCompletions, ["stream_options": ["include_usage": 1]], "/stream_options/include_usage"),
    (.chatCompletions, ["max_tokens": 1e300], "/max_tokens"), (.chatCompletions, ["max_tokens": 0], "/max_tokens"),
    (.chatCompletions, ["max_tokens": 1.5], "/max_tokens"),
    (.chatCompletions, ["max_tokens": .integer(.max)], "/max_tokens"),
    (.chatCompletions, ["max_tokens": .integer(.min)], "/max_tokens"), (.chatCompletions, ["n": 1_000_000], "/n"),
    (.chatCompletions, ["temperature": 9], "/temperature"), (.chatCompletions, ["temperature": "hot"], "/temperature"),
    (.chatCompletions, ["stop": 1], "/stop"), (.chatCompletions, ["stop": ["a", 1]], "/stop/1"),
    (.chatCompletions, ["stop": ["a", "b", "c", "d", "e"]], "/stop"),
    (.chatCompletions, ["stop": ["a", ""]], "/stop/1"),
    (.chatCompletions, ["tools": "x"], "/tools"), (.chatCompletions, ["tools": [1]], "/tools/0"),
    (.chatCompletions, ["tools": [["type": "function"]]], "/tools/0/function"),
    (.chatCompletions, ["tools": [["type": "function", "function": ["name": "a b"]]]], "/tools/0/function/name"),
    (.chatCompletions, ["tool_choice": "maybe"], "/tool_choice"),
    (.chatCompletions, ["tool_choice": ["type": "function", "function": ["name": "none_such"]]], "/tool_choice"),
    (.chatCompletions, ["response_format": ["type": "xml"]], "/response_format/type"),
    (.chatCompletions, ["reasoning_effort": "enormous"], "/reasoning_effort"),
    (.chatCompletions, ["messages": []], "/messages"), (.chatCompletions, ["messages": "hi"], "/messages"),
    (
      .chatCompletions, ["messages": .array(Array(repeating: ["role": "user", "content": "x"], count: 1_001))],
      "/messages"
    ),
    (.chatCompletions, ["messages": [["role": "king", "content": "x"]]], "/messages/0/role"),
    (.chatCompletions, ["messages": [["role": "user"]]], "/messages/0/content"),
    (.chatCompletions, ["messages": [["role": "user", "content": 5]]], "/messages/0/content"),
    (.chatCompletions, ["messages": [["role": "user", "content": [5]]]], "/messages/0/content/0"),
    (.chatCompletions, ["messages": [["role": "user", "content": [.null]]]], "/messages/0/content/0"),
    (.chatCompletions, ["messages": [["role": "tool", "content": "x"]]], "/messages/0/tool_call_id"),
    (
      .chatCompletions, ["messages": [["role": "user", "content": "a"], ["role": "user", "content": "a\u{0}"]]],
      "/messages/1"
    ),
    (.messages, ["max_tokens": .null], "/max_tokens"), (.messages, ["temperature": 1.5], "/temperature"),
    (.messages, ["thinking": ["type": "enabled"]], "/thinking/budget_tokens"),
    (.messages, ["thinking": ["type": "enabled", "budget_tokens": 10]], "/thinking/budget_tokens"),
    (.messages, ["thinking": ["type": "enabled", "budget_tokens": 5_000]], "/thinking/budget_tokens"),
    (.messages, ["system": 5], "/system"), (.messages, ["system": [["type": "text"]]], "/system/0/text"),
    (.messages, ["tool_choice": "auto"], "/tool_choice"),
    (.messages, ["tool_choice": ["type": "all"]], "/tool_choice/type"),
    (.messages, ["tools": [["name": "a"]]], "/tools/0/input_schema"),
    (.messages, ["stop_sequences": "x"], "/stop_sequences"),
    (
      .messages,
      ["messages": [["role": "assistant", "content": [["type": "tool_use", "id": "a", "name": "b", "input": "c"]]]]],
      "/messages/0/content/0/input"
    ),
    (.responses, ["input": 5], "/input"), (.responses, ["input": .null], "/input"),
    (.responses, ["input": []], "/input"),
    (.responses, ["input": [5]], "/input/0"), (.responses, ["input": [["role": "user"]]], "/input/0/content"),
    (.responses, ["input": [["type": "function_call"]]], "/input/0/call_id"),
    (.responses, ["input": [["type": "reasoning", "summary": [5]]]], "/input/0/summary/0"),
    (.responses, ["text": ["format": ["type": "json_schema", "name": "a"]]], "/text/format/schema"),
    (.responses, ["instructions": ["a"]], "/instructions"), (.responses, ["store": "no"], "/store"),
    (.responses, ["background": 1], "/background"),
  ]

  @Test(arguments: wrong.indices)
  func `is told by the place of its fault`(index: Int) throws {
    let (speaks, more, place) = Self.wrong[index]
    let fault = try #require(speaks.fault(of: speaks.body(more)), "\(more) was taken")
    #expect(fault.status == 400)
    #expect(fault.errors.contains { $0.pointer == place }, "\(fault)")
    #expect(fault.errors.allSatisfy { JSONPointer($0.pointer) != nil && !$0.code.isEmpty && !$0.message.isEmpty })
  }

  @Test(arguments: [
    "data:image/png;base64,", "data:image/png;base64,AAA", "data:image/png;base64,A*AA", "data:image/png,AAAA",
    "data:text/html;base64,AAAA", "data:image/;base64,AAAA", "data:", "data:,", "ftp://a.example/b.png", "",
    "javascript:1",
    "https://a.example/b c.png", "data:image/png\n;base64,AAAA", "data:image/png;base64,=AAA",
  ])
  func `shows a picture that is none`(url: String) throws {
    let chat: JSONObject = [
      "messages": [["role": "user", "content": [["type": "image_url", "image_url": ["url": .string(url)]]]]]
    ]
    let fault = try #require(ClientProtocol.chatCompletions.fault(of: ClientProtocol.chatCompletions.body(chat)))
    #expect(fault.errors.map(\.pointer) == ["/messages/0/content/0/image_url/url"])
    #expect(fault.errors.map(\.code) == ["invalid_image"])
  }

  @Test func `is told all its faults at once, with what is allowed, and only so many of them`() throws {
    let fault = try #require(
      ClientProtocol.chatCompletions.fault(
        of: ["messages": [["role": "king", "content": "x"]], "stream": 1, "temperature": "hot"]))
    #expect(Set(fault.errors.map(\.pointer)) == ["/model", "/messages/0/role", "/stream", "/temperature"])
    #expect(
      fault.errors.first { $0.pointer == "/messages/0/role" }?.allowed
        == ["system", "developer", "user", "assistant", "tool"])
    let many = JSON.array(Array(repeating: ["role": 1], count: 1_000))
    let flood = try #require(
      ClientProtocol.chatCompletions.fault(of: ClientProtocol.chatCompletions.body(["messages": many])))
    #expect(flood.errors.count == 64)
    #expect(flood.message.utf8.count < 2_000)
  }

  /// Every value anywhere in a request is replaced by every kind of value: that is taken or refused, and never ends the process.
  @Test(arguments: ClientProtocol.allCases)
  func `is refused or taken whatever stands in whichever place`(speaks: ClientProtocol) throws {
    let strange: [JSON] = [
      .null, true, 0, -1, 3.5, 1e308, .integer(.max), .integer(.min), "", "x", "a\u{0}b", [], [.null], [[[]]], [:],
      ["type": "text"], ["type": .null], ["": [:]], .string(String(repeating: "é", count: 5_000)),
    ]
    let whole = Self.everything(speaks)
    #expect(speaks.fault(of: whole) == nil, "what is changed must be right before")
    var refused = 0
    for path in Self.places(in: whole, .root) {
      for value in strange {
        let body = whole.replacing(path.tokens[...], with: value)
        guard let fault = speaks.fault(of: body) else { continue }
        refused += 1
        #expect(fault.status == 400 && !fault.errors.isEmpty, "\(path) = \(value)")
        _ = speaks.refusal(fault).compactBytes()
      }
    }
    #expect(refused > 100)
  }

  @Test(arguments: ClientProtocol.allCases)
  func `may be as deep as JSON is read`(speaks: ClientProtocol) throws {
    var deep: JSON = "x"
    for level in 0..<250 { deep = level.isMultiple(of: 2) ? [deep] : ["content": deep, "type": "tool_result"] }
    let field = speaks == .responses ? "input" : "messages"
    for value in [deep, [deep], [["role": "user", "content": deep]], [["role": "user", "content": [deep]]]] {
      #expect(speaks.fault(of: speaks.body([field: value])) != nil)
      _ = try speaks.facts(of: speaks.body([field: value]), bytes: 10)
    }
  }

  private static func everything(_ speaks: ClientProtocol) -> JSON {
    switch speaks {
    case .chatCompletions:
      speaks.body([
        "messages": [
          ["role": "system", "content": "s"],
          [
            "role": "user",
            "content": [
              ["type": "text", "text": "a"], ["type": "image_url", "image_url": ["url": "https://a.example/b.png"]],
            ],
          ],
          [
            "role": "assistant", "content": .null,
            "tool_calls": [["id": "c", "type": "function", "function": ["name": "t", "arguments": "{}"]]],
          ],
          ["role": "tool", "tool_call_id": "c", "content": "r"],
        ],
        "tools": [
          ["type": "function", "function": ["name": "t", "description": "d", "parameters": ["type": "object"]]]
        ],
        "tool_choice": ["type": "function", "function": ["name": "t"]], "stop": ["x"], "stream": true, "n": 2,
        "stream_options": ["include_usage": true], "max_tokens": 9_000, "temperature": 1, "reasoning_effort": "low",
        "response_format": ["type": "json_schema", "json_schema": ["name": "f", "schema": [:]]],
      ])
    case .messages:
      speaks.body([
        "system": [["type": "text", "text": "s"]], "max_tokens": 9_000, "temperature": 1, "stop_sequences": ["x"],
        "messages": [
          [
            "role": "user",
            "content": [
              ["type": "image", "source": ["type": "base64", "media_type": "image/png", "data": "AAAA"]],
              ["type": "image", "source": ["type": "url", "url": "https://a.example/b.png"]],
            ],
          ],
          [
            "role": "assistant",
            "content": [
              ["type": "thinking", "thinking": "t", "signature": "s"],
              ["type": "tool_use", "id": "c", "name": "t", "input": ["a": 1]],
            ],
          ],
          [
            "role": "user",
            "content": [
              [
                "type": "tool_result", "tool_use_id": "c", "is_error": true,
                "content": [["type": "text", "text": "r"]],
              ]
            ],
          ],
        ],
        "tools": [["name": "t", "description": "d", "input_schema": ["type": "object"]]],
        "tool_choice": ["type": "tool", "name": "t"], "thinking": ["type": "enabled", "budget_tokens": 2_000],
        "output_config": ["format": ["type": "json_schema", "schema": [:]]],
      ])
    case .responses:
      speaks.body([
        "instructions": "i", "max_output_tokens": 9_000, "temperature": 1, "store": true, "background": false,
        "input": [
          ["role": "user", "content": [["type": "input_image", "image_url": "https://a.example/b.png"]]],
          ["type": "reasoning", "summary": [["type": "summary_text", "text": "t"]], "encrypted_content": "e"],
          ["type": "function_call", "call_id": "c", "name": "t", "arguments": "{}"],
          ["type": "function_call_output", "call_id": "c", "output": [["type": "input_text", "text": "r"]]],
        ],
        "tools": [["type": "function", "name": "t", "parameters": ["type": "object"]]],
        "tool_choice": ["type": "function", "name": "t"], "reasoning": ["effort": "low"],
        "text": ["format": ["type": "json_schema", "name": "f", "schema": [:]]],
      ])
    }
  }

  private static func places(in value: JSON, _ place: JSONPointer) -> [JSONPointer] {
    switch value {
    case .object(let object): [place] + object.flatMap { places(in: $0.value, place.appending($0.key)) }
    case .array(let items): [place] + items.enumerated().flatMap { places(in: $0.element, place.appending($0.offset)) }
    default: [place]
    }
  }
}

extension JSON {
  fileprivate func replacing(_ path: ArraySlice<String>, with value: JSON) -> JSON {
    guard let first = path.first else { return value }
    switch self {
    case .object(var object):
      object[first] = (object[first] ?? .null).replacing(path.dropFirst(), with: value)
      return .object(object)
    case .array(var items):
      guard let index = Int(first) else { return self }
      items[index] = items[index].replacing(path.dropFirst(), with: value)
      return .array(items)
    default: return self
    }
  }
}
