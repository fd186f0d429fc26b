import Inference
import StrictJSON

extension FinishReason {
  /// Anthropic's word; nil where the upstream gave none. A reason of the upstream's own keeps its word.
  var messagesWord: String? {
    switch self {
    case .stop: "end_turn"
    case .length: "max_tokens"
    case .toolCalls: "tool_use"
    case .unstated: nil
    case .other(let word): word
    }
  }
}

extension TokenUsage {
  /// As Anthropic's protocol tells it: what was read from a cache stands beside the input, not in it. What the upstream
  /// did not tell is 0, because the protocol knows nothing else.
  var messagesDocument: JSON {
    let cached = max(0, min(cachedInput ?? 0, input ?? 0))
    var document: JSONObject = [
      "input_tokens": .integer((input ?? 0) - cached), "output_tokens": .integer(output ?? 0),
    ]
    if cachedInput != nil { document["cache_read_input_tokens"] = .integer(cached) }
    return .object(document)
  }
}

extension ModelAnswer {
  /// The whole answer, as a call that is not streamed gets it.
  func messagesDocument(_ head: AnswerHead) -> JSON {
    var content: [JSON] = []
    if let thinking {
      content.append([
        "type": "thinking", "thinking": .string(thinking.text), "signature": .string(thinking.signature),
      ])
    }
    if !text.isEmpty { content.append(["type": "text", "text": .string(text)]) }
    content += toolCalls.map { call in
      ["type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": call.input]
    }
    return [
      "id": .string("msg_" + head.id), "type": "message", "role": "assistant", "model": .string(head.model(model)),
      "content": .array(content), "stop_reason": finish.messagesWord.map { .string($0) } ?? .null,
      "stop_sequence": .null, "usage": (usage ?? TokenUsage()).messagesDocument,
    ]
  }
}

extension ModelToolCall {
  /// The arguments as an object, as Anthropic's protocol has them; what is none stands as a text in one.
  fileprivate var input: JSON {
    let limits = JSONLimits(bytes: 4 << 20, stringBytes: 4 << 20)
    if let input = try? JSON(parsing: arguments, limits: limits), input.members != nil { return input }
    return arguments.isEmpty ? [:] : ["arguments": .string(arguments)]
  }
}
