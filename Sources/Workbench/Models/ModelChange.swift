package import Inference
package import Operations

/// What happens to connections, to the choice among them, and to the routes over them.
package enum ModelChange: StateChange, Hashable {
  /// A connection is there, anew or in the place of what it was; a key that it had is destroyed.
  case connected(ModelConnection)
  /// A connection is gone, and its key with it.
  case disconnected(ModelConnectionID)
  /// The model that a connection shows first.
  case preferred(ModelConnectionID, from: String, to: String)
  case chosen(from: ModelChoice?, to: ModelChoice?)
  /// A route is there, anew or in the place of `from`, or is gone: at least one of them is not nil.
  case routed(from: NamedRoute?, to: NamedRoute?)
  /// What a surface uses; nil: the chosen model.
  case assigned(CallContext.Surface, from: String?, to: String?)

  package var touches: [StateKey] {
    switch self {
    case .connected(let connection): [.connection(connection.id)]
    case .disconnected(let id), .preferred(let id, _, _): [.connection(id)]
    // With the connections, so that a choice is not given back whose connection is gone.
    case .chosen(let from, let to):
      [StateKey("models/chosen")] + Self.connections([from, to].compactMap { $0?.connection })
    case .routed(let from, let to):
      Self.routes([from, to].map { $0?.name })
        + Self.connections([from, to].compactMap(\.self).flatMap(\.entries).compactMap(\.connection))
    case .assigned(let surface, let from, let to):
      [StateKey("models/surfaces/\(surface.rawValue)")] + Self.routes([from, to])
    }
  }

  private static func connections(_ ids: [ModelConnectionID]) -> [StateKey] {
    Set(ids).sorted().map(StateKey.connection)
  }

  private static func routes(_ names: [String?]) -> [StateKey] {
    Set(names.compactMap(\.self)).sorted().map { StateKey("models/routes/\($0)") }
  }

  /// A key that was destroyed stays so, and what is connected without its key would be no connection.
  package var inverse: ModelChange? {
    switch self {
    case .connected, .disconnected: nil
    case .preferred(let id, let from, let to): .preferred(id, from: to, to: from)
    case .chosen(let from, let to): .chosen(from: to, to: from)
    case .routed(let from, let to): .routed(from: to, to: from)
    case .assigned(let surface, let from, let to): .assigned(surface, from: to, to: from)
    }
  }

  private enum Kind: String, Codable { case connected, disconnected, preferred, chosen, routed, assigned }
  private enum CodingKeys: String, CodingKey { case kind, connection, id, surface, from, to }

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
    case .routed:
      self = .routed(
        from: try container.decodeIfPresent(NamedRoute.self, forKey: .from),
        to: try container.decodeIfPresent(NamedRoute.self, forKey: .to))
    case .assigned:
      self = .assigned(
        try container.decode(CallContext.Surface.self, forKey: .surface),
        from: try container.decodeIfPresent(String.self, forKey: .from),
        to: try container.decodeIfPresent(String.self, forKey: .to))
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
    case .routed(let from, let to):
      try container.encode(Kind.routed, forKey: .kind)
      try container.encodeIfPresent(from, forKey: .from)
      try container.encodeIfPresent(to, forKey: .to)
    case .assigned(let surface, let from, let to):
      try container.encode(Kind.assigned, forKey: .kind)
      try container.encode(surface, forKey: .surface)
      try container.encodeIfPresent(from, forKey: .from)
      try container.encodeIfPresent(to, forKey: .to)
    }
  }
}

extension StateKey {
  fileprivate static func connection(_ id: ModelConnectionID) -> StateKey { StateKey("models/connections/\(id)") }
}
