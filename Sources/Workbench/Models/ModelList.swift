package import Inference

/// The connections of a workspace and the model that was chosen, as people see them.
package struct ModelList: Codable, Sendable, Hashable {
  /// Which model answers.
  package struct Chosen: Codable, Sendable, Hashable {
    /// Nil for the built-in model.
    package let connection: ModelConnectionID?
    package let provider: String
    package let model: String
    package let badge: ProviderBadge?

    private enum CodingKeys: String, CodingKey { case connection, provider, model, badge }

    package init(connection: ModelConnectionID?, provider: String, model: String, badge: ProviderBadge?) {
      self.connection = connection
      self.provider = provider
      self.model = model
      self.badge = badge
    }

    /// What there is not is written as null.
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(connection, forKey: .connection)
      try container.encode(provider, forKey: .provider)
      try container.encode(model, forKey: .model)
      try container.encode(badge, forKey: .badge)
    }
  }

  package struct BuiltIn: Codable, Sendable, Hashable {
    package let name: String
    /// What it understands, in a sentence.
    package let intents: String
  }

  /// Nil: none was chosen, and none is used.
  package let chosen: Chosen?
  package let connections: [ModelConnection]
  package let builtIn: BuiltIn
  /// Where the events begin that come after this list.
  package let cursor: String

  init(_ choice: ModelChoice?, among connections: [ModelConnection], cursor: String) {
    chosen = Self.chosen(choice, among: connections)
    self.connections = connections
    builtIn = BuiltIn(name: BuiltInModel.model, intents: BuiltInModel.intents)
    self.cursor = cursor
  }

  static func chosen(_ choice: ModelChoice?, among connections: [ModelConnection]) -> Chosen? {
    switch choice {
    case nil: nil
    case .builtIn:
      Chosen(connection: nil, provider: BuiltInModel().name, model: BuiltInModel.model, badge: .builtIn)
    case .connected(let id, let model):
      connections.first { $0.id == id }.map {
        Chosen(connection: id, provider: $0.provider, model: model, badge: nil)
      }
    }
  }

  private enum CodingKeys: String, CodingKey { case chosen, connections, builtIn, cursor }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(chosen, forKey: .chosen)
    try container.encode(connections, forKey: .connections)
    try container.encode(builtIn, forKey: .builtIn)
    try container.encode(cursor, forKey: .cursor)
  }
}
