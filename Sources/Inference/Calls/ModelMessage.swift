package import StrictJSON

/// One message of a conversation: who speaks, and what is said, shown or called, in order.
package struct ModelMessage: Sendable, Hashable {
  /// Who speaks.
  package enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// The program: its words are rules.
    case system
    /// The person, and whatever else comes from outside: its words are data. Results of tools come from here.
    case user
    /// The model itself, earlier.
    case assistant
  }

  package var role: Role
  package var content: [ModelContent]

  package init(_ role: Role, content: [ModelContent]) {
    self.role = role
    self.content = content
  }

  package init(_ role: Role, _ text: String) { self.init(role, content: [.text(text)]) }

  /// What it says in words, its pieces joined.
  package var text: String {
    // Nearly every message is one text, which need not be copied.
    if case .text(let text) = content.first, content.count == 1 { return text }
    return content.map { if case .text(let text) = $0 { text } else { "" } }.joined()
  }
}

/// A piece of a message.
package enum ModelContent: Sendable, Hashable {
  case text(String)
  /// Something to look at.
  case image(ModelImage)
  /// What a model thought before it said something. A provider that signs it wants it back as it was.
  case thinking(ModelThinking)
  /// The model wants a tool to be called.
  case toolCall(ModelToolCall)
  /// What a tool gave.
  case toolResult(ModelToolResult)
}

/// A picture, whole or as an address that the provider fetches.
package enum ModelImage: Sendable, Hashable {
  /// - Parameter mediaType: such as `image/png`.
  case data(mediaType: String, base64: String)
  case url(String)
}

/// What a model thought.
package struct ModelThinking: Sendable, Hashable, Codable {
  package var text: String
  /// The provider's proof that the thought is its own, byte for byte; empty where it gives none.
  package var signature: String

  package init(_ text: String, signature: String = "") {
    self.text = text
    self.signature = signature
  }
}

/// A call of a tool, as the model wrote it.
package struct ModelToolCall: Sendable, Hashable, Codable {
  /// Names the call within its conversation.
  package var id: String
  package var name: String
  /// JSON as the model wrote it: it may be no JSON at all, which whoever runs the tool says.
  package var arguments: String

  package init(id: String, name: String, arguments: String) {
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}

/// What a tool gave, in words.
package struct ModelToolResult: Sendable, Hashable {
  /// The ``ModelToolCall/id`` that is answered.
  package var call: String
  package var text: String
  package var isError: Bool

  package init(of call: String, _ text: String, isError: Bool = false) {
    self.call = call
    self.text = text
    self.isError = isError
  }
}

/// A tool that a model may ask for.
package struct ModelTool: Sendable, Hashable, Codable {
  package var name: String
  package var summary: String
  /// The JSON Schema of its arguments.
  package var parameters: JSON

  package init(name: String, summary: String, parameters: JSON) {
    self.name = name
    self.summary = summary
    self.parameters = parameters
  }
}

/// Whether a model is to call a tool.
package enum ModelToolChoice: Sendable, Hashable {
  /// The model decides.
  case automatic
  case none
  /// One of them, whichever.
  case required
  /// The one of this name.
  case named(String)
}
