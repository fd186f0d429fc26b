import Inference
import StrictJSON

extension ModelRequest {
  /// The request as `POST /chat/completions` wants it (OpenAI API reference, Chat Completions), streamed,
  /// with usage asked for.
  func chatCompletionsBody() -> JSON {
    var body: JSONObject = [
      "model": .string(model),
      "messages": .array(messages.map { ["role": .string($0.role.rawValue), "content": .string($0.text)] }),
      "stream": true,
      "stream_options": ["include_usage": true],
    ]
    // `max_tokens` is what every compatible server knows; OpenAI's own `max_completion_tokens` is not.
    if let outputTokensMax { body["max_tokens"] = .integer(Int64(outputTokensMax)) }
    if let temperature { body["temperature"] = .number(temperature) }
    if !stop.isEmpty { body["stop"] = .array(stop.map { .string($0) }) }
    if case .schema(let name, let schema) = format {
      body["response_format"] = [
        "type": "json_schema", "json_schema": ["name": .string(name), "schema": schema, "strict": true],
      ]
    }
    return .object(body)
  }
}
