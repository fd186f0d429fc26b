/// A door to a model.
///
/// `InferenceConformance` checks what every provider promises: exactly one terminal event or one ``InferenceError``, text in
/// order and byte for byte, unknown usage left unknown, and an upstream that is left within a second when the reader
/// leaves or its task is cancelled.
package protocol ModelProvider: Sendable {
  /// What people call it: “OpenRouter”, “Ollama on this machine”.
  var name: String { get }
  /// What is said wherever its answers are shown; nil for a model like any other.
  var badge: ProviderBadge? { get }

  /// The answer to a request, not yet asked for: the call begins with the first event that is read. Each reading is a
  /// call of its own.
  func stream(_ request: ModelRequest) -> ModelStream
}

extension ModelProvider {
  package var badge: ProviderBadge? { nil }
}

/// A mark on answers that should not be taken for those of a language model.
package enum ProviderBadge: String, Sendable, Hashable, Codable, CaseIterable {
  /// Made by rule, without a model. Never counted in evaluations.
  case builtIn = "built-in"
  /// Read from a recording.
  case replay
}
