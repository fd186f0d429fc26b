package import Inference
import Operations
import Storage
package import Vocabulary

extension ModelDesk: ModelAsker {
  /// Who may spend a call on a question of their own.
  package static let asking = Permission("models.ask", from: .editor)

  package func ask(
    _ question: ModelQuestion, as principal: Principal, _ emit: @escaping @Sendable (QuestionEvent) async throws -> Void
  ) async throws {
    try principal.demand(Self.asking, for: "Ask a model")
    let name = question.model ?? ModelName.chosen
    let route: ModelRoute
    do { route = try await known(name, in: principal.workspace) } catch let error as InferenceError {
      throw OperationError(.refused, error.message)
    }
    let context = CallContext(
      workspace: principal.workspace, person: principal.person, surface: .workbench, task: "ask", route: route.name)
    try await RoutedQuestion(
      question, over: route, upstreams: upstreams, context: context, random: random, books: books
    ).ask(emit)
  }

  package func explain(_ name: String, as principal: Principal) async throws -> ModelExplanation {
    try principal.demand(ListModels.permission, for: "Explain a model")
    let (connections, budgets) = try await desk.database.read("models.explain", in: principal.workspace) {
      transaction in
      (try ModelTables.connections(in: transaction), try BudgetTables.standings(in: transaction))
    }
    let applying = budgets.filter { $0.key == nil && ($0.person == nil || $0.person == principal.person) }
    do {
      let route = try await known(name, in: principal.workspace)
      return ModelExplanation(
        name: name, route: route,
        entries: route.entries.map { entry in
          ModelExplanation.Entry(entry, of: connections.first { $0.id == entry.id.connection }, over: upstreams)
        }, budgets: applying)
    } catch let error as InferenceError {
      return ModelExplanation(name: name, route: nil, entries: [], budgets: applying, problem: error.message)
    }
  }

  package func upstreams(as principal: Principal) async throws -> [UpstreamStanding] {
    try principal.demand(ListModels.permission, for: "Look at the upstreams")
    let (connections, uses, checks) = try await desk.database.read("models.upstreams", in: principal.workspace) {
      transaction in
      (
        try ModelTables.connections(in: transaction), try CallLedger.lastUses(in: transaction),
        try ModelChecks.all(in: transaction)
      )
    }
    return connections.map { connection in
      UpstreamStanding(
        connection.id, over: upstreams, lastUsedAt: uses.connections[connection.id], check: checks[connection.id])
    }
  }

  private func known(_ name: String, in workspace: WorkspaceID) async throws -> ModelRoute {
    let route =
      name == ModelName.chosen
      ? try await route(of: .workbench, in: workspace) : try await route(named: name, in: workspace)
    if let route { return route }
    throw OperationError(
      .notFound,
      name == ModelName.chosen
        ? "No model was chosen. `arbiter models choose` says which one answers."
        : "There is no model “\(name.prefix(100))”. `arbiter models list` and GET /v1/models say which there are.")
  }
}
