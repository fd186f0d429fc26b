import Inference
import StrictJSON

/// The object `response`, which the Responses protocol gives as the whole answer and inside of several events (OpenAI
/// API reference, The response object, November 2026).
struct ResponseDocument {
  enum Status: String, Codable, Sendable, CaseIterable {
    /// Nobody was asked yet.
    case queued
    case inProgress = "in_progress"
    case completed, incomplete, failed
    /// Somebody stopped it.
    case cancelled

    var isEnded: Bool { self != .queued && self != .inProgress }
  }

  let head: AnswerHead
  var model = ""
  var status = Status.inProgress
  var output: [JSON] = []
  var usage: TokenUsage?
  var error: JSON = .null

  /// What the request says is said again, with the protocol's own values where it says nothing.
  var json: JSON {
    [
      "id": .string("resp_" + head.id), "object": "response", "created_at": .integer(head.createdSeconds),
      "status": .string(status.rawValue), "background": echo("background", false), "error": error,
      "incomplete_details": status == .incomplete ? ["reason": "max_output_tokens"] : .null,
      "instructions": echo("instructions"), "max_output_tokens": echo("max_output_tokens"),
      "model": .string(head.model(model)), "output": .array(output),
      "parallel_tool_calls": echo("parallel_tool_calls", true), "previous_response_id": echo("previous_response_id"),
      "reasoning": echo("reasoning", ["effort": .null, "summary": .null]), "store": echo("store", true),
      "temperature": echo("temperature"), "text": echo("text", ["format": ["type": "text"]]),
      "tool_choice": echo("tool_choice", "auto"), "tools": echo("tools", []), "top_p": echo("top_p"),
      "truncation": echo("truncation", "disabled"), "usage": usage?.responsesDocument ?? .null, "user": echo("user"),
      "metadata": echo("metadata", [:]),
    ]
  }

  private func echo(_ name: String, _ otherwise: JSON = .null) -> JSON { head.body[name]?.given ?? otherwise }
}

/// One item of a response's output.
enum ResponseItem {
  case message(String)
  case reasoning(ModelThinking)
  case call(ModelToolCall)

  /// The item's id: letters for its kind, the answer's id and its number.
  func id(_ head: AnswerHead, _ index: Int) -> String {
    switch self {
    case .message: "msg_\(head.id)_\(index)"
    case .reasoning: "rs_\(head.id)_\(index)"
    case .call: "fc_\(head.id)_\(index)"
    }
  }

  func json(_ head: AnswerHead, _ index: Int, isBeginning: Bool = false, status: ResponseDocument.Status) -> JSON {
    var item: JSONObject = ["id": .string(id(head, index)), "status": .string(status.rawValue)]
    switch self {
    case .message(let text):
      item["type"] = "message"
      item["role"] = "assistant"
      item["content"] = isBeginning ? [] : [Self.part(text)]
    case .reasoning(let thought):
      item["type"] = "reasoning"
      item["summary"] = isBeginning || thought.text.isEmpty ? [] : [Self.summary(thought.text)]
      // The proof of a thought, which its model wants back as it was.
      if !thought.signature.isEmpty { item["encrypted_content"] = .string(thought.signature) }
    case .call(let call):
      item["type"] = "function_call"
      item["call_id"] = .string(call.id)
      item["name"] = .string(call.name)
      item["arguments"] = .string(isBeginning ? "" : call.arguments)
    }
    return .object(item)
  }

  static func part(_ text: String) -> JSON {
    ["type": "output_text", "annotations": [], "logprobs": [], "text": .string(text)]
  }

  static func summary(_ text: String) -> JSON { ["type": "summary_text", "text": .string(text)] }
}

extension TokenUsage {
  /// As the Responses protocol tells it; `null` unless both sides were told. A part that was not told is 0, because the
  /// protocol knows nothing else.
  var responsesDocument: JSON {
    guard let input, let output, let total else { return .null }
    return [
      "input_tokens": .integer(input),
      "input_tokens_details": ["cache_write_tokens": 0, "cached_tokens": .integer(cachedInput ?? 0)],
      "output_tokens": .integer(output), "output_tokens_details": ["reasoning_tokens": .integer(reasoning ?? 0)],
      "total_tokens": .integer(total),
    ]
  }
}

extension ModelAnswer {
  /// The whole answer, as a call that is not streamed gets it.
  func response(_ head: AnswerHead) -> ResponseDocument {
    var items: [ResponseItem] = []
    if let thinking { items.append(.reasoning(thinking)) }
    if !text.isEmpty { items.append(.message(text)) }
    items += toolCalls.map { .call($0) }
    let status: ResponseDocument.Status = finish == .length ? .incomplete : .completed
    var document = ResponseDocument(head: head, model: model, status: status, usage: usage)
    document.output = items.enumerated().map { index, item in item.json(head, index, status: status) }
    return document
  }
}
