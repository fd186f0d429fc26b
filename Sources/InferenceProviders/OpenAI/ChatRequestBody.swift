import Inference
import StrictJSON

extension ModelRequest {
  /// The request as `POST /chat/completions` wants it (OpenAI API reference, Chat Completions), streamed,
  /// with usage asked for.
  ///
  /// - Parameter boundField: what the bound of tokens is called there.
  func chatCompletionsBody(boundField: String = "max_tokens") -> JSON {
    var body: JSONObject = [
      "model": .string(model), "messages": .array(messages.flatMap { $0.chatMessages }), "stream": true,
      "stream_options": ["include_usage": true],
    ]
    if let outputTokensMax { body[boundField] = .integer(Int64(outputTokensMax)) }
    if let temperature { body["temperature"] = .number(temperature) }
    if !stop.isEmpty { body["stop"] = .array(stop.map { .string($0) }) }
    if case .schema(let name, let schema) = format {
      body["response_format"] = [
        "type": "json_schema", "json_schema": ["name": .string(name), "schema": schema, "strict": true],
      ]
    }
    if !tools.isEmpty {
      body["tools"] = .array(tools.map(\.functionTool))
      body["tool_choice"] = toolChoice.chatChoice
    }
    return .object(body)
  }
}

extension ModelTool {
  /// As OpenAI and those after it write a tool.
  var functionTool: JSON {
    [
      "type": "function",
      "function": ["name": .string(name), "description": .string(summary), "parameters": parameters],
    ]
  }
}

extension ModelToolChoice {
  fileprivate var chatChoice: JSON {
    switch self {
    case .automatic: "auto"
    case .none: "none"
    case .required: "required"
    case .named(let name): ["type": "function", "function": ["name": .string(name)]]
    }
  }
}

extension ModelMessage {
  /// Results of tools are messages of their own there, before what else is said; thoughts are not sent back.
  fileprivate var chatMessages: [JSON] {
    var results: [JSON] = []
    var calls: [JSON] = []
    var parts: [JSON] = []
    for piece in content {
      switch piece {
      case .text(let text): parts.append(["type": "text", "text": .string(text)])
      case .image(let image): parts.append(["type": "image_url", "image_url": ["url": .string(image.url)]])
      case .toolCall(let call):
        calls.append([
          "id": .string(call.id), "type": "function",
          "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
        ])
      case .toolResult(let result):
        results.append(["role": "tool", "tool_call_id": .string(result.call), "content": .string(result.text)])
      case .thinking: break
      }
    }
    guard !parts.isEmpty || !calls.isEmpty else { return results }
    var message: JSONObject = ["role": .string(role.rawValue)]
    // A text alone is a string: servers exist that know no parts.
    let hasOnlyText = content.allSatisfy { if case .image = $0 { false } else { true } }
    message["content"] = parts.isEmpty ? .null : hasOnlyText ? .string(text) : .array(parts)
    if !calls.isEmpty { message["tool_calls"] = .array(calls) }
    return results + [.object(message)]
  }
}

extension ModelImage {
  /// An address, or the picture as one (RFC 2397).
  fileprivate var url: String {
    switch self {
    case .url(let url): url
    case .data(let mediaType, let base64): "data:\(mediaType);base64,\(base64)"
    }
  }
}
