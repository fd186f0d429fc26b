import Events
package import Inference
import Operations
import Storage
package import Vocabulary

extension ModelDesk {
  package func check(_ id: ModelConnectionID, as principal: Principal) async throws -> ModelCheck {
    try principal.demand(ConnectModel.permission, for: "Check a model")
    let snapshot = try await snapshot(of: principal.workspace)
    guard let connection = snapshot.connection(id) else {
      throw OperationError(.notFound, "There is no connection \(id).")
    }
    let check = try await look(at: connection, try snapshot.key(of: connection))
    try await desk.database.write("models.check", in: principal.workspace) { [desk] transaction in
      // It may have been disconnected while the provider was asked.
      guard let connection = try ModelTables.connection(id, in: transaction) else { return }
      try ModelChecks.note(check, of: id, in: transaction)
      guard check.isUsable else { return }
      try ModelFindings.replace(with: check.limits, of: connection, in: transaction)
      desk.changes.changed(["models"], in: transaction)
    }
    return check
  }

  private func look(at connection: ModelConnection, _ key: APIKey?) async throws -> ModelCheck {
    let endpoint = EndpointURL(connection.baseURL)
    guard let endpoint, localOrigins.fault(of: endpoint) == nil, !connection.hasKey || key != nil else {
      return ModelCheck(
        provider: connection.provider, isUsable: false, baseURL: connection.baseURL, models: [],
        message: "Its key is not in this database any more, or its address may not be used. Connect it again.")
    }
    return try await finder.check(ModelCandidate(key: key, endpoint: endpoint))
  }

  /// Keeps what a refusal says a model takes, for the calls that come.
  func keeper(
    of upstream: UpstreamID, known: FoundModel?, in workspace: WorkspaceID
  ) -> @Sendable (Int) async -> Void {
    { [desk] tokens in
      // Where it cannot be written, the next refusal says it again.
      try? await desk.database.write("models.learn", in: workspace) { transaction in
        try ModelFindings.learn(tokens, of: upstream, known: known, in: transaction)
        desk.changes.changed(["models"], in: transaction)
      }
    }
  }
}
