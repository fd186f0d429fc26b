import StrictJSON

// A message of one text, as nearly all are, is `{"role": "user", "text": "…"}`: recordings are found by this form. Any other is
// `{"role": "user", "content": [{"type": "text", "text": "…"}, …]}`.
extension ModelMessage: Codable {
  private enum CodingKeys: String, CodingKey { case role, text, content }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    role = try container.decode(Role.self, forKey: .role)
    if let text = try container.decodeIfPresent(String.self, forKey: .text) {
      content = [.text(text)]
    } else {
      content = try container.decode([ModelContent].self, forKey: .content)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(role, forKey: .role)
    if case .text(let text) = content.first, content.count == 1 {
      try container.encode(text, forKey: .text)
    } else {
      try container.encode(content, forKey: .content)
    }
  }
}

extension ModelContent: Codable {
  private enum Kind: String, Codable {
    case text, image, thinking
    case toolCall = "tool_call"
    case toolResult = "tool_result"
  }

  private enum CodingKeys: String, CodingKey {
    case type, text, mediaType, base64, url, signature, id, name, arguments, call, isError
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func text(_ key: CodingKeys) throws -> String { try container.decode(String.self, forKey: key) }
    switch try container.decode(Kind.self, forKey: .type) {
    case .text: self = .text(try text(.text))
    case .thinking:
      let signature = try container.decodeIfPresent(String.self, forKey: .signature) ?? ""
      self = .thinking(ModelThinking(try text(.text), signature: signature))
    case .toolCall:
      self = .toolCall(
        ModelToolCall(id: try text(.id), name: try text(.name), arguments: try text(.arguments)))
    case .toolResult:
      let isError = try container.decodeIfPresent(Bool.self, forKey: .isError) ?? false
      self = .toolResult(ModelToolResult(of: try text(.call), try text(.text), isError: isError))
    case .image:
      if let url = try container.decodeIfPresent(String.self, forKey: .url) {
        self = .image(.url(url))
      } else {
        self = .image(.data(mediaType: try text(.mediaType), base64: try text(.base64)))
      }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .text(let text):
      try container.encode(Kind.text, forKey: .type)
      try container.encode(text, forKey: .text)
    case .thinking(let thinking):
      try container.encode(Kind.thinking, forKey: .type)
      try container.encode(thinking.text, forKey: .text)
      if !thinking.signature.isEmpty { try container.encode(thinking.signature, forKey: .signature) }
    case .toolCall(let call):
      try container.encode(Kind.toolCall, forKey: .type)
      try container.encode(call.id, forKey: .id)
      try container.encode(call.name, forKey: .name)
      try container.encode(call.arguments, forKey: .arguments)
    case .toolResult(let result):
      try container.encode(Kind.toolResult, forKey: .type)
      try container.encode(result.call, forKey: .call)
      try container.encode(result.text, forKey: .text)
      if result.isError { try container.encode(true, forKey: .isError) }
    case .image(.url(let url)):
      try container.encode(Kind.image, forKey: .type)
      try container.encode(url, forKey: .url)
    case .image(.data(let mediaType, let base64)):
      try container.encode(Kind.image, forKey: .type)
      try container.encode(mediaType, forKey: .mediaType)
      try container.encode(base64, forKey: .base64)
    }
  }
}

extension ModelToolChoice: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    switch text {
    case "automatic": self = .automatic
    case "none": self = .none
    case "required": self = .required
    default: self = .named(text.hasPrefix("named:") ? String(text.dropFirst(6)) : text)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .automatic: try container.encode("automatic")
    case .none: try container.encode("none")
    case .required: try container.encode("required")
    case .named(let name): try container.encode("named:\(name)")
    }
  }
}
