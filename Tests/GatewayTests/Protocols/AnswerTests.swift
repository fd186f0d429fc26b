import Gateway
import Inference
import StrictJSON
import Testing

@Suite("An answer as it is streamed")
struct AnswerTests {
  @Test func `in OpenAI's chat protocol has one id, time and model, the role first, and a mark at its end`() throws {
    let frames = try ClientProtocol.chatCompletions.frames(.rich, ["stream_options": ["include_usage": true]])
    #expect(frames.last?.data == "[DONE]")
    let chunks = frames.dropLast().map(\.json)
    for chunk in chunks {
      #expect(chunk["id"] == "chatcmpl-a1" && chunk["object"] == "chat.completion.chunk")
      #expect(chunk["created"] == 1_795_000_000 && chunk["model"] == "upstream-1")
    }
    let deltas = chunks.compactMap { $0["choices"]?[0]?["delta"] }
    #expect(deltas.first == ["role": "assistant", "content": "", "refusal": .null])
    #expect(deltas.compactMap { $0["reasoning_content"]?.text } == ["Hm, ", "rain."])
    #expect(deltas.compactMap { $0["content"]?.text } == ["", "I ", "ask.\n"])
    #expect(
      deltas.compactMap { $0["tool_calls"]?[0] } == [
        ["index": 0, "id": "call_a", "type": "function", "function": ["name": "weather", "arguments": "{\"place\""]],
        ["index": 1, "id": "call_b", "type": "function", "function": ["name": "clock", "arguments": ""]],
        ["index": 0, "function": ["arguments": ":\"Oslo\"}"]], ["index": 1, "function": ["arguments": "{}"]],
      ])
    let reasons = chunks.compactMap { $0["choices"]?[0]?["finish_reason"] }
    #expect(reasons.last == "tool_calls" && reasons.dropLast().allSatisfy(\.isNull))
    #expect(chunks.dropLast().allSatisfy { $0["usage"] == .null })
    #expect(chunks.last?["choices"] == [])
    #expect(
      chunks.last?["usage"] == [
        "prompt_tokens": 12, "completion_tokens": 34, "total_tokens": 46,
        "prompt_tokens_details": ["cached_tokens": 5], "completion_tokens_details": ["reasoning_tokens": 6],
      ])
  }

  @Test func `says nothing of usage to an OpenAI client that did not ask`() throws {
    let frames = try ClientProtocol.chatCompletions.frames(.rich)
    #expect(frames.allSatisfy { !$0.data.contains("usage") })
  }

  @Test func `in Anthropic's protocol has blocks that begin, go on and end`() throws {
    let frames = try ClientProtocol.messages.frames(.rich)
    #expect(frames.allSatisfy { $0.name == $0.json["type"]?.text }, "clients pass over events without a name")
    #expect(
      frames.map { "\($0.name ?? "") \($0.json["index"].map { "\($0)" } ?? "")" } == [
        "message_start ", "content_block_start 0", "content_block_delta 0", "content_block_delta 0",
        "content_block_delta 0", "content_block_stop 0", "content_block_start 1", "content_block_delta 1",
        "content_block_delta 1", "content_block_stop 1", "content_block_start 2", "content_block_delta 2",
        "content_block_start 3", "content_block_delta 2", "content_block_delta 3", "content_block_stop 2",
        "content_block_stop 3", "message_delta ", "message_stop ",
      ])
    #expect(frames[4].json["delta"] == ["type": "signature_delta", "signature": "c2ln"])
    #expect(
      frames[10].json["content_block"] == ["type": "tool_use", "id": "call_a", "name": "weather", "input": [:]])
    let end = frames[17].json
    #expect(end["delta"] == ["stop_reason": "tool_use", "stop_sequence": .null])
    #expect(end["usage"] == ["input_tokens": 7, "output_tokens": 34, "cache_read_input_tokens": 5])
  }

  @Test func `keeps two proofs of thoughts apart`() throws {
    let frames = try ClientProtocol.messages.frames([
      .started(model: "m"), .thinking(ModelThinking("one", signature: "s1")), .thinking(ModelThinking("two")),
      .thinking(ModelThinking("", signature: "s")), .thinking(ModelThinking("", signature: "2")), .finished(.stop),
    ])
    #expect(
      frames.compactMap { $0.json["delta"]?["signature"]?.text } == ["s1", "s2"],
      "clients keep the last signature of a block and join none")
    #expect(frames.count { $0.name == "content_block_start" } == 2)
    let items = try ClientProtocol.responses.frames([
      .started(model: "m"), .thinking(ModelThinking("one", signature: "s1")), .thinking(ModelThinking("two")),
      .thinking(ModelThinking("", signature: "s2")), .finished(.stop),
    ])
    .last?.json["response"]?["output"]?.items
    #expect(items?.map { $0["encrypted_content"] } == ["s1", "s2"])
    #expect(items?.map { $0["summary"]?[0]?["text"] } == ["one", "two"])
  }

  @Test func `tells Anthropic's clients at the beginning what is known by then`() throws {
    let frames = try ClientProtocol.messages.frames([
      .started(model: "m"), .usage(TokenUsage(input: 9, output: 1)), .text("x"),
      .usage(TokenUsage(input: 9, output: 5)), .finished(.length),
    ])
    #expect(frames[0].json["message"]?["usage"] == ["input_tokens": 9, "output_tokens": 1])
    #expect(frames[frames.count - 2].json["usage"] == ["input_tokens": 9, "output_tokens": 5])
    #expect(frames[frames.count - 2].json["delta"]?["stop_reason"] == "max_tokens")
  }

  @Test(
    arguments: [
      (FinishReason.stop, "stop", "end_turn"), (.length, "length", "max_tokens"),
      (.toolCalls, "tool_calls", "tool_use"), (.other("pause_turn"), "pause_turn", "pause_turn"), (.unstated, nil, nil),
    ] as [(FinishReason, String?, String?)])
  func `ends with the reason, which is invented nowhere`(reason: FinishReason, chat: String?, messages: String?) throws
  {
    let events: [ModelEvent] = [.started(model: "m"), .text("x"), .finished(reason)]
    let told = try ClientProtocol.chatCompletions.frames(events).compactMap {
      $0.json["choices"]?[0]?["finish_reason"]?.text
    }
    #expect(told == (chat.map { [$0] } ?? []))
    let delta = try ClientProtocol.messages.frames(events).first { $0.name == "message_delta" }
    #expect(delta?.json["delta"]?["stop_reason"] == messages.map { .string($0) } ?? .null)
  }

  @Test(arguments: ClientProtocol.allCases)
  func `is cut and no whole one when its end never came`(speaks: ClientProtocol) throws {
    let frames = try speaks.frames([.started(model: "m"), .text("half")])
    let last = try #require(frames.last)
    switch speaks {
    case .chatCompletions:
      #expect(last.json["error"]?["code"] == "upstream_cut")
      #expect(!frames.contains { $0.data == "[DONE]" })
    case .messages:
      #expect(last.name == "error" && last.json["error"]?["type"] == "api_error")
      #expect(!frames.contains { $0.name == "message_stop" })
    case .responses:
      #expect(last.name == "response.failed" && last.json["response"]?["error"]?["code"] == "server_error")
      #expect(last.json["response"]?["output"]?[0]?["content"]?[0]?["text"] == "half", "what had come is kept")
    }
  }

  @Test(arguments: ClientProtocol.allCases)
  func `has nothing after its end`(speaks: ClientProtocol) throws {
    var writer = speaks.writer(try speaks.head())
    for event in [ModelEvent].rich { _ = writer.frames(for: event) }
    #expect(!writer.end().isEmpty)
    #expect(writer.end().isEmpty && writer.failure(.internalFault).isEmpty && writer.frames(for: .text("x")).isEmpty)
    var failed = speaks.writer(try speaks.head())
    #expect(!failed.failure(.internalFault).isEmpty, "an answer may fail before its first event")
    #expect(failed.end().isEmpty && failed.failure(.internalFault).isEmpty && failed.frames(for: .text("x")).isEmpty)
  }

  @Test(arguments: ClientProtocol.allCases)
  func `grows with its text and not with its square`(speaks: ClientProtocol) throws {
    func bytes(_ pieces: Int) throws -> Int {
      let events: [ModelEvent] =
        [.started(model: "m")] + Array(repeating: .text("twelve bytes"), count: pieces) + [.finished(.stop)]
      return try speaks.frames(events).reduce(0) { $0 + $1.data.utf8.count }
    }
    let (short, long) = (try bytes(200), try bytes(2_000))
    #expect(long < short * 11)
  }

  @Test(
    arguments: ClientProtocol.allCases, ["a\nb\r\n", "data: x\n\n", "\u{2028}é🦊\u{7F}\u{1}\"\\", "\u{1F468}\u{200D}"])
  func `keeps every character, and none of them ends an event`(speaks: ClientProtocol, text: String) throws {
    let frames = try speaks.frames([
      .started(model: text), .thinking(ModelThinking(text)), .text(text),
      .toolCall(ModelToolCallPiece(index: 0, id: text, name: text, arguments: text)), .finished(.stop),
    ])
    let written = frames.map(\.json).flatMap(Self.strings)
    #expect(written.count { $0.utf8.elementsEqual(text.utf8) } >= 5)
  }

  private static func strings(_ value: JSON) -> [String] {
    switch value {
    case .string(let text): [text]
    case .array(let items): items.flatMap(strings)
    case .object(let object): object.flatMap { strings($0.value) }
    default: []
    }
  }

  @Test func `that is whole at once has the same in it`() throws {
    let answer = [ModelEvent].rich.answer
    let chat = ClientProtocol.chatCompletions.document(answer, try ClientProtocol.chatCompletions.head())
    #expect(chat["object"] == "chat.completion" && chat["model"] == "upstream-1")
    #expect(chat["choices"]?[0]?["finish_reason"] == "tool_calls")
    #expect(chat["choices"]?[0]?["message"]?["content"] == "I ask.\n")
    #expect(chat["choices"]?[0]?["message"]?["reasoning_content"] == "Hm, rain.")
    #expect(chat["choices"]?[0]?["message"]?["tool_calls"]?[0]?["function"]?["arguments"] == #"{"place":"Oslo"}"#)
    #expect(chat["usage"]?["total_tokens"] == 46)

    let messages = ClientProtocol.messages.document(answer, try ClientProtocol.messages.head())
    #expect(
      messages["content"] == [
        ["type": "thinking", "thinking": "Hm, rain.", "signature": "c2ln"], ["type": "text", "text": "I ask.\n"],
        ["type": "tool_use", "id": "call_a", "name": "weather", "input": ["place": "Oslo"]],
        ["type": "tool_use", "id": "call_b", "name": "clock", "input": [:]],
      ])
    #expect(messages["stop_reason"] == "tool_use" && messages["usage"]?["output_tokens"] == 34)

    let responses = ClientProtocol.responses.document(answer, try ClientProtocol.responses.head())
    #expect(
      responses["output"]?.items?.map { $0["type"] } == ["reasoning", "message", "function_call", "function_call"])
    #expect(responses["status"] == "completed" && responses["usage"]?["total_tokens"] == 46)
  }

  @Test func `that says nothing is none of words, and what is not known is not zero where it need not be`() throws {
    let empty = ModelAnswer(model: "", text: "", usage: TokenUsage(input: 4), finish: .stop)
    let chat = ClientProtocol.chatCompletions.document(empty, try ClientProtocol.chatCompletions.head())
    #expect(chat["choices"]?[0]?["message"]?["content"] == "" && chat["model"] == "m")
    #expect(chat["usage"] == ["prompt_tokens": 4, "completion_tokens": .null, "total_tokens": .null])
    let messages = ClientProtocol.messages.document(empty, try ClientProtocol.messages.head())
    #expect(messages["content"] == [] && messages["usage"] == ["input_tokens": 4, "output_tokens": 0])
    let responses = ClientProtocol.responses.document(empty, try ClientProtocol.responses.head())
    #expect(responses["output"] == [] && responses["usage"] == .null)
  }

  @Test func `gives Anthropic's clients arguments as an object, also when they are none`() throws {
    var answer = ModelAnswer(model: "m", text: "", usage: nil, finish: .toolCalls)
    answer.toolCalls = ["", "[1]", "{oops", #"{"a":1}"#].map { ModelToolCall(id: "c", name: "t", arguments: $0) }
    let document = ClientProtocol.messages.document(answer, try ClientProtocol.messages.head())
    #expect(
      document["content"]?.items?.map { $0["input"] } == [[:], ["arguments": "[1]"], ["arguments": "{oops"], ["a": 1]])
  }
}
