package import Inference
package import Vocabulary

extension ModelDesk: ModelDirectory {
  package func route(named name: String, in workspace: WorkspaceID) async throws -> ModelRoute? {
    let snapshot = try await snapshot(of: workspace)
    return try snapshot.knownRoutes.route(named: name) {
      if name == ModelName.chosen { return try route(of: .gateway, in: snapshot) }
      if let named = snapshot.route(named: name) { return try route(over: named, in: snapshot) }
      return try Self.named(name, among: snapshot.connections).map { connection, model in
        ModelRoute(nil, entries: [try upstream(connection, model: model, in: snapshot)])
      }
    }
  }

  package func names(in workspace: WorkspaceID) async throws -> [ModelName] {
    let snapshot = try await snapshot(of: workspace)
    let connections = snapshot.connections
    func name(_ name: String, asking connection: ModelConnectionID?) -> ModelName {
      let first = connections.first { $0.id == connection }
      return ModelName(
        name, of: first?.provider ?? BuiltInModel().name, since: first?.createdAt ?? Timestamp(microseconds: 0))
    }
    var names: [ModelName] = []
    // As `route(named:in:)` has it: the gateway's route, else the chosen model.
    if let route = snapshot.route(of: .gateway) {
      names.append(name(ModelName.chosen, asking: route.entries.first?.connection))
    } else if let chosen = ModelList.chosen(snapshot.choice, among: connections) {
      names.append(name(ModelName.chosen, asking: chosen.connection))
    }
    names += snapshot.routes.map { name($0.name, asking: $0.entries.first?.connection) }
    var known = Set([ModelName.chosen] + snapshot.routes.map(\.name))
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
