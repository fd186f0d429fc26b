import Inference
import Storage
import Vocabulary

/// The connections and routes of a workspace as a commit left them, with their keys unsealed: in memory and nowhere else.
struct ModelSnapshot: Sendable {
  let workspace: WorkspaceID
  /// The oldest first.
  let connections: [ModelConnection]
  let choice: ModelChoice?
  /// By name.
  let routes: [NamedRoute]
  private let assignments: [RouteAssignment]
  private let limits: [UpstreamID: FoundModel]
  /// One that does not open is a matter of its own connection's calls.
  private let keys: [ModelConnectionID: Result<APIKey?, any Error>]
  let knownRoutes = KnownRoutes()

  init(_ sealer: any Sealer, in transaction: any ReadTransaction) throws {
    workspace = transaction.workspace
    connections = try ModelTables.connections(in: transaction)
    choice = try ModelTables.choice(in: transaction)
    routes = try RouteTables.routes(in: transaction)
    assignments = try RouteTables.assignments(in: transaction)
    let told = connections.flatMap { connection in
      (connection.limits ?? []).map { (UpstreamID(connection: connection.id, model: $0.model), $0) }
    }
    limits = Dictionary(told) { first, _ in first }
      .merging(try ModelFindings.all(in: transaction)) { _, found in found }
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

  /// What a model takes; nil where nothing is known of it.
  func limits(of upstream: UpstreamID) -> FoundModel? { limits[upstream] }

  /// Nil when the connection has none, or none for its address.
  ///
  /// - Throws: what unsealing it threw.
  func key(of connection: ModelConnection) throws -> APIKey? { try keys[connection.id]?.get() ?? nil }
}
