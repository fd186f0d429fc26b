import Inference
import Storage

/// A route as the database has it, with the unsealed keys of its connections.
struct FoundRoute: Sendable {
  /// Nil where only a model was chosen or named.
  let named: NamedRoute?
  let entries: [FoundUpstream]

  /// What a call over it is booked under; nil for a model that was asked by its own name.
  let name: String?

  init(_ name: String?, to upstream: FoundUpstream) {
    named = nil
    self.name = name
    entries = [upstream]
  }

  /// Nil when none of its entries is there any more.
  init?(_ route: NamedRoute, _ sealer: any Sealer, in transaction: any ReadTransaction) throws {
    named = route
    name = route.name
    entries = try route.entries.compactMap { try FoundUpstream($0, sealer, in: transaction) }
    guard !entries.isEmpty else { return nil }
  }
}

/// An entry of a route, as the database has it.
enum FoundUpstream: Sendable {
  case builtIn
  case connected(ModelConnection, model: String, APIKey?)

  init(
    _ connection: ModelConnection, model: String, _ sealer: any Sealer, in transaction: any ReadTransaction
  ) throws {
    let key = connection.hasKey ? try ModelKeys.key(of: connection, sealer, in: transaction) : nil
    self = .connected(connection, model: model, key)
  }

  /// Nil when there is no such connection.
  init?(_ choice: ModelChoice, _ sealer: any Sealer, in transaction: any ReadTransaction) throws {
    switch choice {
    case .builtIn: self = .builtIn
    case .connected(let id, let model):
      guard let connection = try ModelTables.connection(id, in: transaction) else { return nil }
      try self.init(connection, model: model, sealer, in: transaction)
    }
  }

  fileprivate init?(
    _ entry: NamedRoute.Entry, _ sealer: any Sealer, in transaction: any ReadTransaction
  ) throws {
    try self.init(entry.connection.map { .connected($0, model: entry.model) } ?? .builtIn, sealer, in: transaction)
  }
}
