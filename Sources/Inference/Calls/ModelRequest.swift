package import StrictJSON

/// What a model is asked: the conversation so far, and the bounds of the answer.
///
/// It is a value without a secret in it, so that it can be recorded, compared and shown. Its canonical JSON, cleaned of
/// keys, is what a recording is found by; see ``CallRecord``.
package struct ModelRequest: Sendable, Hashable, Codable {
  /// The provider's own name for the model.
  package var model: String
  /// In the order they were said; at least one.
  package var messages: [ModelMessage]
  /// How many tokens the answer may have; nil leaves it to the provider.
  package var outputTokensMax: Int?
  /// From 0 (always the likeliest word) to 2; nil leaves it to the provider.
  package var temperature: Double?
  package var format: ResponseFormat
  /// Texts at which the answer ends; at most ``RequestLimits/stopsMax``.
  package var stop: [String]

  package init(
    model: String, messages: [ModelMessage], outputTokensMax: Int? = nil, temperature: Double? = nil,
    format: ResponseFormat = .text, stop: [String] = []
  ) {
    self.model = model
    self.messages = messages
    self.outputTokensMax = outputTokensMax
    self.temperature = temperature
    self.format = format
    self.stop = stop
  }

  /// The last thing the person said.
  package var lastUserText: String? { messages.last { $0.role == .user }?.text }
}

/// One message of a conversation.
package struct ModelMessage: Sendable, Hashable, Codable {
  /// Who speaks.
  package enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// The program: its words are rules.
    case system
    /// The person, and whatever else comes from outside: its words are data.
    case user
    /// The model itself, earlier.
    case assistant
  }

  package var role: Role
  package var text: String

  package init(_ role: Role, _ text: String) {
    self.role = role
    self.text = text
  }
}

/// What form the answer is to have.
package enum ResponseFormat: Sendable, Hashable, Codable {
  /// Words.
  case text
  /// A JSON text that the schema describes. Providers differ in how well they keep it: the answer is checked anyway.
  case schema(name: String, JSON)
}
