import Gateway
import Inference
import StrictJSON
import TestKit
import Testing

@Suite("The events of a response")
struct ResponsesEventTests {
  private static let terminal: Set<String> = ["response.completed", "response.incomplete", "response.failed"]

  @Test func `are those of the protocol, in its order`() throws {
    let frames = try ClientProtocol.responses.frames(.rich)
    #expect(
      frames.map { $0.name?.replacing("response.", with: "") } == [
        "created", "in_progress", "output_item.added", "reasoning_summary_part.added", "reasoning_summary_text.delta",
        "reasoning_summary_text.delta", "reasoning_summary_text.done", "reasoning_summary_part.done",
        "output_item.done", "output_item.added", "content_part.added", "output_text.delta", "output_text.delta",
        "output_text.done", "content_part.done", "output_item.done", "output_item.added",
        "function_call_arguments.delta", "output_item.added", "function_call_arguments.delta",
        "function_call_arguments.delta", "function_call_arguments.done", "output_item.done",
        "function_call_arguments.done", "output_item.done", "completed",
      ])
    #expect(frames.allSatisfy { $0.name == $0.json["type"]?.text })
    let response = frames.last?.json["response"]
    #expect(response?["id"] == "resp_a1" && response?["model"] == "upstream-1" && response?["status"] == "completed")
    #expect(
      response?["output"] == [
        [
          "id": "rs_a1_0", "type": "reasoning", "status": "completed", "encrypted_content": "c2ln",
          "summary": [["type": "summary_text", "text": "Hm, rain."]],
        ],
        [
          "id": "msg_a1_1", "type": "message", "status": "completed", "role": "assistant",
          "content": [["type": "output_text", "text": "I ask.\n", "annotations": [], "logprobs": []]],
        ],
        [
          "id": "fc_a1_2", "type": "function_call", "status": "completed", "call_id": "call_a", "name": "weather",
          "arguments": #"{"place":"Oslo"}"#,
        ],
        [
          "id": "fc_a1_3", "type": "function_call", "status": "completed", "call_id": "call_b", "name": "clock",
          "arguments": "{}",
        ],
      ])
    #expect(response?["usage"]?["input_tokens_details"]?["cached_tokens"] == 5)
  }

  @Test func `say again what was asked`() throws {
    let frames = try ClientProtocol.responses.frames(
      .rich, ["instructions": "Be brief.", "temperature": 0.5, "metadata": ["a": "b"], "reasoning": .null])
    let created = frames.first?.json["response"]
    #expect(created?["status"] == "in_progress" && created?["instructions"] == "Be brief.")
    #expect(created?["temperature"] == 0.5 && created?["metadata"] == ["a": "b"])
    #expect(created?["reasoning"] == ["effort": .null, "summary": .null] && created?["tools"] == [])
  }

  @Test func `end incomplete at the bound of tokens`() throws {
    let last = try ClientProtocol.responses.frames([.started(model: "m"), .text("x"), .finished(.length)]).last
    #expect(last?.name == "response.incomplete")
    #expect(last?.json["response"]?["incomplete_details"] == ["reason": "max_output_tokens"])
    #expect(last?.json["response"]?["output"]?[0]?["status"] == "incomplete")
  }

  /// For any answer, whole or failed anywhere.
  @Test(arguments: 0..<200)
  func `have no gap, one end, and deltas that join to what is done`(seed: Int) throws {
    let random = SeededRandom(seed: UInt64(seed))
    let events = GeneratedAnswer.events(random)
    var writer = ClientProtocol.responses.writer(try ClientProtocol.responses.head())
    let kept = random.below(2) == 0 ? events : Array(events.prefix(random.below(events.count)))
    var texts = kept.flatMap { writer.frames(for: $0) }
    texts += random.below(3) == 0 ? writer.failure(.internalFault) : writer.end()
    texts += writer.end()
    let frames = try texts.map(SentEvent.init)
    #expect(frames.compactMap { $0.json["sequence_number"]?.int64 } == Array(0..<Int64(frames.count)), "seed \(seed)")
    #expect(frames.count { Self.terminal.contains($0.name ?? "") } == 1, "seed \(seed)")
    #expect(Self.terminal.contains(frames.last?.name ?? ""), "seed \(seed)")

    var joined: [String: String] = [:]
    var open: Set<Int64> = []
    for frame in frames {
      let (name, json) = (frame.name ?? "", frame.json)
      let key = json["item_id"]?.text ?? ""
      let index = json["output_index"]?.int64 ?? -1
      switch name {
      case "response.output_item.added": #expect(open.insert(index).inserted)
      case "response.output_item.done": #expect(open.remove(index) != nil)
      case _ where name.hasSuffix(".delta"):
        #expect(open.contains(index))
        joined[key, default: ""] += json["delta"]?.text ?? ""
      case "response.function_call_arguments.done": #expect(json["arguments"]?.text == joined[key] ?? "")
      case "response.output_text.done", "response.reasoning_summary_text.done":
        #expect(json["text"]?.text == joined[key])
      default: break
      }
    }
    if frames.last?.name != "response.failed" { #expect(open.isEmpty, "seed \(seed)") }
    let whole = kept.answer
    let output = frames.last?.json["response"]?["output"]?.items ?? []
    let said = output.compactMap { $0["content"]?[0]?["text"]?.text }.joined()
    #expect(said == whole.text, "seed \(seed)")
    #expect(output.compactMap { $0["arguments"]?.text } == whole.toolCalls.map(\.arguments), "seed \(seed)")
    #expect(
      output.compactMap { $0["summary"]?[0]?["text"]?.text }.joined() == whole.thinking?.text ?? "", "seed \(seed)")
  }
}

/// Answers made by a seed: every kind of event in any order that the grammar allows.
enum GeneratedAnswer {
  private static let texts = [
    "a", " b", "é", "🦊", "\n", "\r\n\r\n", "\u{1}", "\"", "\\", "data: [DONE]",
    "</s>", "\u{2028}", "[DONE]", "ß\u{301}",
  ]

  static func events(_ random: SeededRandom) -> [ModelEvent] {
    func text() -> String { texts[random.below(texts.count)] }
    var events: [ModelEvent] = [.started(model: "model \(text())")]
    var calls = 0
    for _ in 0..<random.below(24) {
      switch random.below(6) {
      case 0, 1: events.append(.text(text()))
      case 2: events.append(.thinking(ModelThinking(text())))
      case 3:
        events.append(.thinking(ModelThinking(random.below(2) == 0 ? "" : text(), signature: "s\(random.below(9))")))
      case 4 where calls < 4 && random.below(2) == 0:
        events.append(
          .toolCall(ModelToolCallPiece(index: calls, id: "call_\(calls)", name: "tool\(text())", arguments: text())))
        calls += 1
      case 4 where calls > 0:
        events.append(.toolCall(ModelToolCallPiece(index: random.below(calls), arguments: text())))
      default: events.append(.usage(TokenUsage(input: 3, output: Int64(events.count))))
      }
    }
    events.append(.finished([.stop, .length, .toolCalls, .unstated][random.below(4)]))
    return events
  }
}
