import Inference
import Storage

/// The connections and routes of a workspace as a commit left them, with their keys unsealed: in memory and nowhere else.
struct ModelSnapshot: Sendable {
  /// The oldest first.
  let connections: [ModelConnection]
  let choice: ModelChoice?
  /// By name.
  let routes: [NamedRoute]
  private let assignments: [RouteAssignment]
  /// One that does not open is a matter of its own connection's calls.
  private let keys: [ModelConnectionID: Result<APIKey?, any Error>]
  let knownRoutes = KnownRoutes()

  init(_ sealer: any Sealer, in transaction: any ReadTransaction) throws {
    connections = try ModelTables.connections(in: transaction)
    choice = try ModelTables.choice(in: transaction)
    routes = try RouteTables.routes(in: transaction)
    assignments = try RouteTables.assignments(in: transaction)
    keys = Dictionary(
      uniqueKeysWithValues: connections.filter(\.hasKey).map { connection in
        (connection.id, Result { try ModelKeys.key(of: connection, sealer, in: transaction) })
      })
  }

  func route(named name: String) -> NamedRoute? { routes.first { $0.name == name } }

  /// The route that a surface uses; nil where it asks the chosen model.
  func route(of surface: CallContext.Surface) -> NamedRoute? {
    assignments.first { $0.surface == surface }.flatMap { route(named: $0.route) }
  }

  func connection(_ id: ModelConnectionID) -> ModelConnection? { connections.first { $0.id == id } }

  /// Nil when the connection has none, or none for its address.
  ///
  /// - Throws: what unsealing it threw.
  func key(of connection: ModelConnection) throws -> APIKey? { try keys[connection.id]?.get() ?? nil }
}
