package import Inference
import Storage
package import Vocabulary

extension ModelDesk: ModelDirectory {
  package func route(named name: String, in workspace: WorkspaceID) async throws -> ModelRoute? {
    if name == ModelName.chosen { return try await route(of: .gateway, in: workspace) }
    return try await route("models.named", in: workspace) { transaction, sealer in
      if let route = try RouteTables.route(named: name, in: transaction) {
        return try FoundRoute(route, sealer, in: transaction)
      }
      let connections = try ModelTables.connections(in: transaction)
      guard let (connection, model) = Self.named(name, among: connections) else { return nil }
      return FoundRoute(nil, to: try FoundUpstream(connection, model: model, sealer, in: transaction))
    }
  }

  package func names(in workspace: WorkspaceID) async throws -> [ModelName] {
    let (connections, choice, routes) = try await read("models.names", in: workspace) { transaction, _ in
      (
        try ModelTables.connections(in: transaction), try ModelTables.choice(in: transaction),
        try RouteTables.routes(in: transaction)
      )
    }
    var names: [ModelName] = []
    if let chosen = ModelList.chosen(choice, among: connections) {
      let since = connections.first { $0.id == chosen.connection }?.createdAt ?? Timestamp(microseconds: 0)
      names.append(ModelName(ModelName.chosen, of: chosen.provider, since: since))
    }
    for route in routes {
      let first = connections.first { $0.id == route.entries.first?.connection }
      names.append(
        ModelName(
          route.name, of: first?.provider ?? BuiltInModel().name,
          since: first?.createdAt ?? Timestamp(microseconds: 0)))
    }
    var known = Set([ModelName.chosen] + routes.map(\.name))
    for connection in connections {
      for model in connection.models {
        let name = known.insert(model).inserted ? model : "\(connection.name)/\(model)"
        names.append(ModelName(name, of: connection.provider, since: connection.createdAt))
      }
    }
    return names
  }

  /// The oldest connection that has a model, or the one that is named before it.
  private static func named(
    _ name: String, among connections: [ModelConnection]
  ) -> (connection: ModelConnection, model: String)? {
    if let connection = connections.first(where: { $0.models.contains(name) }) { return (connection, name) }
    for connection in connections where name.hasPrefix("\(connection.name)/") {
      let model = String(name.dropFirst(connection.name.count + 1))
      // What lists no models is asked for any.
      if !model.isEmpty, connection.models.isEmpty || connection.models.contains(model) { return (connection, model) }
    }
    return nil
  }
}
