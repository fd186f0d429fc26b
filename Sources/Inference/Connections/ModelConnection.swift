package import Vocabulary

extension Named {
  package enum ModelConnection {}
}

/// Names a connection to a provider of models, and the place where its key is sealed.
package typealias ModelConnectionID = Identifier<Named.ModelConnection>

/// A way to a provider's models that a person made. Its key is elsewhere, sealed, and never shown.
package struct ModelConnection: Sendable, Hashable, Codable {
  package let id: ModelConnectionID
  /// “OpenRouter”, “Ollama”, or the host.
  package let provider: String
  /// What people call it.
  package let name: String
  /// Exactly the address that was accepted; nothing is sent anywhere else.
  package let baseURL: String
  /// Those that the provider listed when it was connected.
  package let models: [String]
  /// What they take, of those of which it was said then; nil for none.
  package let limits: [FoundModel]?
  /// The one that was chosen last.
  package let model: String
  package let hasKey: Bool
  package let createdAt: Timestamp

  package init(
    id: ModelConnectionID, provider: String, name: String, baseURL: String, models: [String],
    limits: [FoundModel]? = nil,
    model: String, hasKey: Bool, createdAt: Timestamp
  ) {
    self.id = id
    self.provider = provider
    self.name = name
    self.baseURL = baseURL
    self.models = models
    self.limits = limits
    self.model = model
    self.hasKey = hasKey
    self.createdAt = createdAt
  }
}
