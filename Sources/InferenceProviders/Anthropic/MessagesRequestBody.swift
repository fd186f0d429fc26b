import Inference
import StrictJSON

extension ModelRequest {
  /// The name of the tool that stands for an answer in a form: the protocol's classic form has no other way to demand one.
  static let answerTool = "answer"
  /// The protocol wants a bound; this is what stands for none.
  static let messagesTokensMax = 4_096
  /// The least that the protocol lets a model think.
  static let thinkingTokensMin = 1_024

  /// Whether the answer comes as the arguments of ``answerTool``.
  var answersByTool: Bool { if case .schema = format { true } else { false } }

  /// The request as `POST /v1/messages` wants it (Anthropic API reference, Messages), streamed.
  func messagesBody() -> JSON {
    // Thinking goes with neither a temperature nor a forced tool. The bound of all tokens there includes it.
    let thinking = answersByTool ? 0 : thinkingTokensMax.map { $0 > 0 ? max($0, Self.thinkingTokensMin) : 0 } ?? 0
    var body: JSONObject = [
      "model": .string(model), "max_tokens": .integer(Int64((outputTokensMax ?? Self.messagesTokensMax) + thinking)),
      "messages": .array(messages.filter { $0.role != .system }.map(\.anthropicMessage)), "stream": true,
    ]
    let system = messages.filter { $0.role == .system }.map(\.text).joined(separator: "\n\n")
    if !system.isEmpty { body["system"] = .string(system) }
    if !stop.isEmpty { body["stop_sequences"] = .array(stop.map { .string($0) }) }
    var offered = tools.map(\.anthropicTool)
    var choice = toolChoice.anthropicChoice
    if case .schema(_, let schema) = format {
      offered.append(
        ["name": .string(Self.answerTool), "description": "Gives the answer.", "input_schema": schema])
      // With tools of its own the model may call those first.
      choice = tools.isEmpty ? ["type": "tool", "name": .string(Self.answerTool)] : ["type": "any"]
    }
    if !offered.isEmpty {
      body["tools"] = .array(offered)
      body["tool_choice"] = choice
    }
    if thinking > 0 {
      body["thinking"] = ["type": "enabled", "budget_tokens": .integer(Int64(thinking))]
    } else if let temperature {
      body["temperature"] = .number(min(temperature, 1))
    }
    return .object(body)
  }
}

extension ModelTool {
  fileprivate var anthropicTool: JSON {
    ["name": .string(name), "description": .string(summary), "input_schema": parameters]
  }
}

extension ModelToolChoice {
  fileprivate var anthropicChoice: JSON {
    switch self {
    case .automatic: ["type": "auto"]
    case .none: ["type": "none"]
    case .required: ["type": "any"]
    case .named(let name): ["type": "tool", "name": .string(name)]
    }
  }
}

extension ModelMessage {
  fileprivate var anthropicMessage: JSON {
    if case .text(let text) = content.first, content.count == 1 {
      return ["role": .string(role.rawValue), "content": .string(text)]
    }
    return ["role": .string(role.rawValue), "content": .array(content.map(\.anthropicBlock))]
  }
}

extension ModelContent {
  fileprivate var anthropicBlock: JSON {
    switch self {
    case .text(let text): return ["type": "text", "text": .string(text)]
    case .image(.url(let url)): return ["type": "image", "source": ["type": "url", "url": .string(url)]]
    case .image(.data(let mediaType, let base64)):
      return [
        "type": "image",
        "source": ["type": "base64", "media_type": .string(mediaType), "data": .string(base64)],
      ]
    case .thinking(let thinking):
      return ["type": "thinking", "thinking": .string(thinking.text), "signature": .string(thinking.signature)]
    case .toolCall(let call):
      // Arguments are an object there; what is none is handed on as a text in one.
      let input = (try? JSON(parsing: call.arguments)).flatMap { $0.members == nil ? nil : $0 }
      return [
        "type": "tool_use", "id": .string(call.id), "name": .string(call.name),
        "input": input ?? (call.arguments.isEmpty ? [:] : ["arguments": .string(call.arguments)]),
      ]
    case .toolResult(let result):
      var block: JSONObject = [
        "type": "tool_result", "tool_use_id": .string(result.call), "content": .string(result.text),
      ]
      if result.isError { block["is_error"] = true }
      return .object(block)
    }
  }
}
