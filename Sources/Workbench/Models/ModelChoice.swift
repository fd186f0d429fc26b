package import Inference
package import Operations

/// Which model answers.
package enum ModelChoice: Sendable, Hashable, Codable {
  case builtIn
  case connected(ModelConnectionID, model: String)

  private enum CodingKeys: String, CodingKey { case builtIn, connection, model }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let id = try container.decodeIfPresent(ModelConnectionID.self, forKey: .connection) {
      self = .connected(id, model: try container.decode(String.self, forKey: .model))
    } else {
      self = .builtIn
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .builtIn: try container.encode(true, forKey: .builtIn)
    case .connected(let id, let model):
      try container.encode(id, forKey: .connection)
      try container.encode(model, forKey: .model)
    }
  }

  var connection: ModelConnectionID? { if case .connected(let id, _) = self { id } else { nil } }
}

/// What happens to connections and to the choice among them.
package enum ModelChange: StateChange, Hashable {
  /// A connection is there, anew or in the place of what it was; a key that it had is destroyed.
  case connected(ModelConnection)
  /// A connection is gone, and its key with it.
  case disconnected(ModelConnectionID)
  /// The model that a connection shows first.
  case preferred(ModelConnectionID, from: String, to: String)
  case chosen(from: ModelChoice?, to: ModelChoice?)

  package var touches: [StateKey] {
    switch self {
    case .connected(let connection): [.connection(connection.id)]
    case .disconnected(let id), .preferred(let id, _, _): [.connection(id)]
    // With the connections, so that a choice is not given back whose connection is gone.
    case .chosen(let from, let to):
      [StateKey("models/chosen")] + Set([from, to].compactMap { $0?.connection }).sorted().map(StateKey.connection)
    }
  }

  /// A key that was destroyed stays so, and what is connected without its key would be no connection.
  package var inverse: ModelChange? {
    switch self {
    case .connected, .disconnected: nil
    case .preferred(let id, let from, let to): .preferred(id, from: to, to: from)
    case .chosen(let from, let to): .chosen(from: to, to: from)
    }
  }

  private enum Kind: String, Codable { case connected, disconnected, preferred, chosen }
  private enum CodingKeys: String, CodingKey { case kind, connection, id, from, to }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .connected: self = .connected(try container.decode(ModelConnection.self, forKey: .connection))
    case .disconnected: self = .disconnected(try container.decode(ModelConnectionID.self, forKey: .id))
    case .preferred:
      self = .preferred(
        try container.decode(ModelConnectionID.self, forKey: .id),
        from: try container.decode(String.self, forKey: .from), to: try container.decode(String.self, forKey: .to))
    case .chosen:
      self = .chosen(
        from: try container.decodeIfPresent(ModelChoice.self, forKey: .from),
        to: try container.decodeIfPresent(ModelChoice.self, forKey: .to))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .connected(let connection):
      try container.encode(Kind.connected, forKey: .kind)
      try container.encode(connection, forKey: .connection)
    case .disconnected(let id):
      try container.encode(Kind.disconnected, forKey: .kind)
      try container.encode(id, forKey: .id)
    case .preferred(let id, let from, let to):
      try container.encode(Kind.preferred, forKey: .kind)
      try container.encode(id, forKey: .id)
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
    case .chosen(let from, let to):
      try container.encode(Kind.chosen, forKey: .kind)
      try container.encodeIfPresent(from, forKey: .from)
      try container.encodeIfPresent(to, forKey: .to)
    }
  }
}

extension StateKey {
  fileprivate static func connection(_ id: ModelConnectionID) -> StateKey { StateKey("models/connections/\(id)") }
}
