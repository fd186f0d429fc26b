import Events
package import Inference
package import Operations
package import Storage
import StrictJSON
package import Vocabulary

/// Where models are connected, and where it is asked which one answers: operations and sealed keys on one side, the network
/// on the other.
package struct ModelDesk: ModelConnector, ModelRouter {
  let desk: OperationDesk
  private let sealer: any Sealer
  let finder: any ModelFinder
  let upstreams: Upstreams
  let random: any RandomSource
  let books: CallBooks?
  private let prices: PriceList
  private let cache: AnswerCache?
  let localOrigins: LocalOrigins
  private let snapshots: StateCache<ModelSnapshot>

  /// - Parameters:
  ///   - upstreams: what is known of upstreams; one for the process.
  ///   - books: where calls are booked; nil where nobody counts.
  ///   - cache: where answers are kept, for routes that keep any.
  ///   - localOrigins: where keys and texts may go in clear, besides this machine.
  package init(
    desk: OperationDesk, sealer: any Sealer, finder: any ModelFinder, upstreams: Upstreams, random: any RandomSource,
    books: CallBooks? = nil, prices: PriceList = .known, cache: AnswerCache? = nil,
    localOrigins: LocalOrigins = .none
  ) {
    self.desk = desk
    self.sealer = sealer
    self.finder = finder
    self.upstreams = upstreams
    self.random = random
    self.books = books
    self.prices = prices
    self.cache = cache
    self.localOrigins = localOrigins
    snapshots = StateCache(of: "models", told: desk.changes)
  }

  package func check(_ candidate: ModelCandidate, as principal: Principal) async throws -> ModelCheck {
    try principal.demand(ConnectModel.permission, for: "Check a model")
    if let fault = candidate.endpoint.flatMap(localOrigins.fault) { throw OperationError.invalidInput([fault]) }
    return try await finder.check(candidate)
  }

  package func localServers(as principal: Principal) async throws -> [FoundServer] {
    try principal.demand(ConnectModel.permission, for: "Look for models")
    return await finder.localServers()
  }

  package func connect(
    _ candidate: ModelCandidate, model: String?, name: String?, as principal: Principal, idempotencyKey: String?
  ) async throws -> (connection: ModelConnection, isRepeated: Bool) {
    let key = try Self.key(idempotencyKey)
    let check = try await check(candidate, as: principal)
    let call = OperationCall(
      operation: ConnectModel.name,
      input: try JSON(encoding: Self.input(check, candidate, model: model, name: name)))
    let batch = try PreparedBatch([call], as: principal, from: desk.catalogue)
    return try await desk.database.write("models.connect", in: principal.workspace) { [desk, sealer] transaction in
      let performed = try desk.runner.perform(batch, key: key, in: transaction).only()
      let connection = try performed.output.decode(ModelConnection.self)
      // The answer of an earlier call has its key already, or was disconnected since.
      if let key = candidate.key, !performed.isRepeated {
        try ModelKeys.keep(key, of: connection, sealer, in: transaction)
      }
      if !performed.isRepeated { try ModelChecks.note(check, of: connection.id, in: transaction) }
      return (connection, performed.isRepeated)
    }
  }

  package func chosen(for context: CallContext, delivery: AnswerDelivery) async throws -> ChosenModel? {
    guard let route = try await route(of: context.surface, in: context.workspace), let first = route.entries.first
    else { return nil }
    let context = context.routed(over: route.name)
    return ChosenModel(
      provider: RoutedProvider(
        route, over: upstreams, for: context, delivery: delivery, random: random, books: books, cache: cache),
      model: first.model, contextTokens: first.contextTokens ?? ChosenModel.contextTokensUnknown,
      outputTokensMax: first.outputTokensMax, price: first.price)
  }

  /// The route that a surface uses, or one to the chosen model; nil when none was chosen.
  func route(of surface: CallContext.Surface, in workspace: WorkspaceID) async throws -> ModelRoute? {
    try route(of: surface, in: try await snapshot(of: workspace))
  }

  func route(of surface: CallContext.Surface, in snapshot: ModelSnapshot) throws -> ModelRoute? {
    if let named = snapshot.route(of: surface) { return try route(over: named, in: snapshot) }
    return try snapshot.choice.flatMap { try upstream($0, in: snapshot) }.map {
      ModelRoute(ModelName.chosen, entries: [$0])
    }
  }

  /// A named route, over those of its entries that can be asked.
  ///
  /// - Throws: why the last of them cannot be, when none can.
  func route(over named: NamedRoute, in snapshot: ModelSnapshot) throws -> ModelRoute? {
    var entries: [Upstream] = []
    var problem: (any Error)?
    for entry in named.entries {
      do {
        if let upstream = try upstream(entry.choice, named.times, in: snapshot) { entries.append(upstream) }
      } catch { problem = error }
    }
    if entries.isEmpty, let problem { throw problem }
    return entries.isEmpty ? nil : named.route(over: entries)
  }

  /// The connections as the last commit left them.
  func snapshot(of workspace: WorkspaceID) async throws -> ModelSnapshot {
    try await snapshots.value(in: workspace) {
      try await desk.database.read("models.snapshot", in: workspace) { [sealer] transaction in
        try ModelSnapshot(sealer, in: transaction)
      }
    }
  }

  private var builtIn: Upstream {
    Upstream(
      id: UpstreamID(connection: nil, model: BuiltInModel.model), provider: BuiltInModel(),
      contextTokens: BuiltInModel.contextTokens, price: ModelPrice(inputMicros: 0, outputMicros: 0))
  }

  /// Nil when there is no such connection.
  private func upstream(
    _ choice: ModelChoice, _ times: CallTimes = CallTimes(), in snapshot: ModelSnapshot
  ) throws -> Upstream? {
    switch choice {
    case .builtIn: builtIn
    case .connected(let id, let model):
      try snapshot.connection(id).map { try upstream($0, model: model, times, in: snapshot) }
    }
  }

  /// - Throws: ``InferenceError`` when it cannot be asked; what unsealing its key threw.
  func upstream(
    _ connection: ModelConnection, model: String, _ times: CallTimes = CallTimes(), in snapshot: ModelSnapshot
  ) throws -> Upstream {
    let id = UpstreamID(connection: connection.id, model: model)
    let limits = snapshot.limits(of: id)
    let endpoint = EndpointURL(connection.baseURL)
    return Upstream(
      id: id, provider: try door(to: connection, try snapshot.key(of: connection), times),
      contextTokens: limits?.contextTokens, outputTokensMax: limits?.outputTokensMax,
      price: prices.price(
        of: model, by: connection.provider, at: endpoint, isOwn: endpoint.map(localOrigins.contains) ?? false),
      keepContext: keeper(of: id, known: limits, in: snapshot.workspace))
  }

  private func door(to connection: ModelConnection, _ key: APIKey?, _ times: CallTimes) throws -> any ModelProvider {
    guard let endpoint = EndpointURL(connection.baseURL), localOrigins.fault(of: endpoint) == nil else {
      throw InferenceError.badRequest(
        connection.provider,
        "its address is none that may be used: http:// is for this machine, and for the origins of models.local_origins."
      )
    }
    guard !connection.hasKey || key != nil else {
      throw InferenceError(
        .badKey, from: connection.provider,
        "The key of \(connection.name) is not in this database any more. Connect \(connection.name) again with its key."
      )
    }
    return finder.provider(named: connection.provider, at: endpoint, key: key, times: times)
  }

  // MARK: Connecting

  private static func input(
    _ check: ModelCheck, _ candidate: ModelCandidate, model: String?, name: String?
  ) throws(OperationError) -> ConnectModel.Input {
    guard check.isUsable, let provider = check.provider, let baseURL = check.baseURL else {
      throw OperationError(.refused, "\(check.message) Nothing was connected.")
    }
    guard let model = model ?? (check.models.count == 1 ? check.models[0] : nil) else {
      throw .invalidInput([
        FieldError(
          pointer: "/model", code: "missing",
          message: "\(provider) lists \(check.models.count) models; say which one.",
          allowed: Array(check.models.prefix(50)))
      ])
    }
    let shown = [("/baseURL", baseURL), ("/baseURL", provider), ("/name", name ?? ""), ("/model", model)]
    if let pointer = shown.first(where: { candidate.shows(in: $0.1) })?.0 {
      throw .invalid(pointer, "looks_like_a_key", "The key stands in a text that is kept. Nothing was stored.")
    }
    return ConnectModel.Input(
      baseURL: baseURL, provider: provider, name: name ?? provider, models: check.models,
      limits: check.limits.isEmpty ? nil : check.limits, model: model, hasKey: candidate.key != nil)
  }

  private static func key(_ text: String?) throws(OperationError) -> IdempotencyKey? {
    guard let text else { return nil }
    guard let key = IdempotencyKey(text) else {
      throw OperationError(.invalidInput, "An idempotency key is 1 to 128 visible ASCII characters.")
    }
    return key
  }
}

extension OperationRunner.Outcome {
  /// The result of a batch of one that draws nothing.
  fileprivate func only() throws -> Performed {
    switch self {
    case .failed(let error): throw error
    case .executed(let performed):
      guard let only = performed.first else {
        throw OperationError(.internalMistake, "A batch of one gave no result.")
      }
      return only
    }
  }
}
