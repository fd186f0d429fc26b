import Inference
import StrictJSON

extension ModelRequest {
  /// The request as `POST /api/chat` wants it (Ollama API reference), which streams by itself.
  ///
  /// - Throws: `badRequest` for a picture that is an address: Ollama fetches nothing.
  func ollamaBody(for provider: String) throws(InferenceError) -> JSON {
    var options: JSONObject = ["num_ctx": .integer(Int64(OllamaWindow.tokens(for: self)))]
    if let outputTokensMax { options["num_predict"] = .integer(Int64(outputTokensMax)) }
    if let temperature { options["temperature"] = .number(temperature) }
    if !stop.isEmpty { options["stop"] = .array(stop.map { .string($0) }) }
    var written: [JSON] = []
    for message in messages { written += try ollamaMessages(of: message, for: provider) }
    var body: JSONObject = [
      "model": .string(model), "messages": .array(written), "stream": true, "options": .object(options),
    ]
    if case .schema(_, let schema) = format { body["format"] = schema }
    // There is no word for “must” and “must not”: what is not to be called is not offered.
    if !tools.isEmpty, toolChoice != .none { body["tools"] = .array(tools.map(\.functionTool)) }
    if let thinkingTokensMax { body["think"] = .bool(thinkingTokensMax > 0) }
    return .object(body)
  }

  private func ollamaMessages(of message: ModelMessage, for provider: String) throws(InferenceError) -> [JSON] {
    var results: [JSON] = []
    var calls: [JSON] = []
    var images: [JSON] = []
    for piece in message.content {
      switch piece {
      case .text, .thinking: break
      case .image(.data(_, let base64)): images.append(.string(base64))
      case .image(.url):
        throw .badRequest(provider, "it fetches no pictures. Send the picture itself.")
      case .toolCall(let call):
        let arguments = (try? JSON(parsing: call.arguments)).flatMap { $0.members == nil ? nil : $0 } ?? [:]
        calls.append(["function": ["name": .string(call.name), "arguments": arguments]])
      case .toolResult(let result):
        var written: JSONObject = ["role": "tool", "content": .string(result.text)]
        if let name = toolName(of: result.call) { written["tool_name"] = .string(name) }
        results.append(.object(written))
      }
    }
    let text = message.text
    guard !text.isEmpty || !images.isEmpty || !calls.isEmpty || results.isEmpty else { return results }
    var written: JSONObject = ["role": .string(message.role.rawValue), "content": .string(text)]
    if !images.isEmpty { written["images"] = .array(images) }
    if !calls.isEmpty { written["tool_calls"] = .array(calls) }
    return results + [.object(written)]
  }

  /// Calls have no ids there, so a result names its tool.
  private func toolName(of call: String) -> String? {
    for message in messages {
      for case .toolCall(let known) in message.content where known.id == call { return known.name }
    }
    return nil
  }
}
