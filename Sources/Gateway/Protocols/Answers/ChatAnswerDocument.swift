import Inference
import StrictJSON

extension FinishReason {
  /// OpenAI's word; nil where the upstream gave none. A reason of the upstream's own keeps its word.
  var chatWord: String? {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .toolCalls: "tool_calls"
    case .unstated: nil
    case .other(let word): word
    }
  }
}

extension TokenUsage {
  /// As OpenAI's chat protocol tells it; `null` is what the upstream did not tell.
  var chatDocument: JSON {
    var document: JSONObject = [
      "prompt_tokens": JSON(input), "completion_tokens": JSON(output), "total_tokens": JSON(total),
    ]
    if let cachedInput { document["prompt_tokens_details"] = ["cached_tokens": .integer(cachedInput)] }
    if let reasoning { document["completion_tokens_details"] = ["reasoning_tokens": .integer(reasoning)] }
    return .object(document)
  }
}

extension ModelAnswer {
  /// The whole answer, as a call that is not streamed gets it.
  func chatDocument(_ head: AnswerHead) -> JSON {
    var message: JSONObject = [
      "role": "assistant", "content": text.isEmpty && !toolCalls.isEmpty ? .null : .string(text), "refusal": .null,
    ]
    if let thinking, !thinking.text.isEmpty { message["reasoning_content"] = .string(thinking.text) }
    if !toolCalls.isEmpty {
      message["tool_calls"] = .array(
        toolCalls.map { call in
          [
            "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
          ]
        })
    }
    var document: JSONObject = [
      "id": .string("chatcmpl-" + head.id), "object": "chat.completion", "created": .integer(head.createdSeconds),
      "model": .string(head.model(model)),
      "choices": [
        [
          "index": 0, "message": .object(message), "logprobs": .null,
          "finish_reason": finish.chatWord.map { .string($0) } ?? .null,
        ]
      ],
    ]
    if let usage { document["usage"] = usage.chatDocument }
    return .object(document)
  }
}
