package import Inference
import StrictJSON
package import Vocabulary

/// Answers programs outside: finds out whose key it is, where the model is, and hands on what it says in the client's own
/// protocol.
package struct GatewayDesk: GatewayDoor {
  let models: any ModelDirectory
  let upstreams: Upstreams
  let random: any RandomSource
  let books: CallBooks?
  private let cache: AnswerCache?
  let keys: GatewayKeys
  let responses: StoredResponses
  private let clock: any WallClock

  /// - Parameters:
  ///   - upstreams: what is known of upstreams; one for the process.
  ///   - books: where calls are booked.
  ///   - cache: where answers are kept, for routes that keep any.
  ///   - responses: where responses are kept.
  package init(
    models: any ModelDirectory, keys: GatewayKeys, responses: StoredResponses, upstreams: Upstreams, books: CallBooks?,
    cache: AnswerCache?,
    random: any RandomSource, clock: any WallClock
  ) {
    self.models = models
    self.keys = keys
    self.responses = responses
    self.upstreams = upstreams
    self.random = random
    self.books = books
    self.cache = cache
    self.clock = clock
  }

  package func answer(_ request: GatewayRequest) async throws -> GatewayAnswer {
    do {
      let caller = try await caller(of: request)
      return switch request.operation {
      case .chatCompletions: try await generate(.chatCompletions, request, for: caller)
      case .messages: try await generate(.messages, request, for: caller)
      case .responses: try await respond(request, for: caller)
      case .response(let name): try await show(response: name, request, for: caller)
      case .cancelResponse(let name): try await cancel(response: name, for: caller)
      case .deleteResponse(let name): try await delete(response: name, for: caller)
      case .responseInput(let name): try await listInput(of: name, request, for: caller)
      case .embeddings: try await embed(request, for: caller)
      case .models: try await list(request, for: caller)
      case .model(let name): try await show(name, request, for: caller)
      }
    } catch let error as CancellationError {
      throw error
    } catch let fault as GatewayFault {
      return refusal(fault, of: request)
    } catch let error as InferenceError {
      return refusal(GatewayFault(error), of: request)
    }
  }

  /// Whoever has a key, and where.
  struct Caller: Sendable {
    let key: GatewayKey
    let workspace: WorkspaceID

    func may(ask model: String) -> Bool { key.models.isEmpty || key.models.contains(model) }

    func context(_ task: String, route: String?) -> CallContext {
      CallContext(
        workspace: workspace, person: key.person, key: key.id, surface: .gateway, task: task, route: route)
    }
  }

  /// A call as it was asked, and where it goes.
  struct Call: Sendable {
    let request: GatewayRequest
    let body: JSON
    let facts: HopFacts
    let route: ModelRoute
    let context: CallContext
    let head: AnswerHead
  }

  // MARK: Who asks

  private func caller(of request: GatewayRequest) async throws -> Caller {
    guard let secret = Self.secret(in: request.headers) else {
      throw GatewayFault.unauthorized(
        "There is no key. Send one as “Authorization: Bearer …” or “x-api-key: …”; `arbiter keys create` makes one.")
    }
    guard let (key, workspace) = try await keys.key(of: secret) else {
      throw GatewayFault.unauthorized("This key is not known here, was revoked, or has expired.")
    }
    return Caller(key: key, workspace: workspace)
  }

  /// As OpenAI's clients send it, or as Anthropic's.
  private static func secret(in headers: [String: String]) -> Substring? {
    if let key = headers["x-api-key"] { return key[...] }
    guard let authorization = headers["authorization"] else { return nil }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    return parts.count == 2 && parts[0].lowercased() == "bearer" ? parts[1] : nil
  }

  // MARK: What was answered before

  /// Where a call's answer may be kept. A client that wants a new one says so, and what is elsewhere may be another tomorrow.
  func cache(for call: Call) -> AnswerCache? {
    guard call.route.cacheAge != nil, call.facts.inputTokensMax != nil else { return nil }
    let wishes = call.request.headers["cache-control"]?.lowercased() ?? ""
    return wishes.contains("no-cache") || wishes.contains("no-store") ? nil : cache
  }

  /// What says how old an answer is (RFC 9111, Age), for one that was there.
  func headers(of found: FoundAnswer) -> [(name: String, value: String)] {
    guard let answer = found.answer else { return [] }
    let now = clock.now()
    let age = max(0, now.duration(since: answer.createdAt).components.seconds)
    let rest = max(0, answer.expiresAt.duration(since: now).components.seconds)
    return [("age", "\(age)"), ("arbiter-cache", "hit; ttl=\(rest)")]
  }

  // MARK: What is asked

  private static let bodyLimits = JSONLimits(
    bytes: GatewayRequest.bytesMax, items: 2_000_000, stringBytes: GatewayRequest.bytesMax)

  func body(of request: GatewayRequest) throws(GatewayFault) -> JSON {
    guard let bytes = request.body else { throw .tooLarge(bytesMax: GatewayRequest.bytesMax) }
    do throws(JSONFault) { return try JSON(parsing: bytes, limits: Self.bodyLimits) } catch {
      throw .unreadable(error)
    }
  }

  /// - Parameter created: when it was asked; nil for now.
  func call(
    _ request: GatewayRequest, _ facts: HopFacts, _ body: JSON, task: String, for caller: Caller,
    at created: Timestamp? = nil
  ) async throws -> Call {
    guard caller.may(ask: facts.model) else { throw GatewayFault.forbidden(model: facts.model) }
    guard let route = try await models.route(named: facts.model, in: caller.workspace) else {
      throw GatewayFault.unknownModel(facts.model)
    }
    return Call(
      request: request, body: body, facts: facts, route: route, context: caller.context(task, route: route.name),
      head: AnswerHead(
        id: request.id.bytes.hexadecimal, created: created ?? clock.now(), facts: facts,
        body: body))
  }

  private func generate(
    _ protocol: ClientProtocol, _ request: GatewayRequest, for caller: Caller
  ) async throws -> GatewayAnswer {
    let body = try body(of: request)
    let facts = try `protocol`.facts(of: body, bytes: request.bodyBytes)
    let call = try await call(request, facts, body, task: `protocol`.rawValue, for: caller)
    if let endpoint = `protocol`.endpoint, call.isHop(to: endpoint) {
      return try await hop(call, to: endpoint, `protocol`)
    }
    return try await translate(call, `protocol`)
  }

  private func embed(_ request: GatewayRequest, for caller: Caller) async throws -> GatewayAnswer {
    let body = try body(of: request)
    let facts = try Embeddings.facts(of: body, bytes: request.bodyBytes)
    let call = try await call(request, facts, body, task: "embeddings", for: caller)
    guard call.isHop(to: .embeddings) else {
      throw GatewayFault.unprocessable(
        "The provider of “\(facts.model)” makes no embeddings.", code: "no_embeddings", param: "/model")
    }
    let wire = WireCall(
      .embeddings, body: body.members ?? [:], isStreamed: false, executor: request.executor)
    return try await hopWhole(call, wire, nil)
  }

  // MARK: Which models there are

  private func list(_ request: GatewayRequest, for caller: Caller) async throws -> GatewayAnswer {
    let models = try await listed(for: caller)
    let document =
      request.headers["anthropic-version"] == nil ? ModelList.openAI(models) : ModelList.anthropic(models)
    return .json(document)
  }

  private func show(_ name: String, _ request: GatewayRequest, for caller: Caller) async throws -> GatewayAnswer {
    guard let model = try await listed(for: caller).first(where: { $0.id == name }) else {
      throw GatewayFault.unknownModel(name)
    }
    let document = request.headers["anthropic-version"] == nil ? ModelList.openAI(model) : ModelList.anthropic(model)
    return .json(document)
  }

  private func listed(for caller: Caller) async throws -> [ListedModel] {
    try await models.names(in: caller.workspace).filter { caller.may(ask: $0.name) }.map {
      ListedModel(id: $0.name, created: $0.since, owner: $0.provider)
    }
  }

  // MARK: What went wrong

  private func refusal(_ fault: GatewayFault, of request: GatewayRequest) -> GatewayAnswer {
    .json(request.clientProtocol.refusal(fault), status: fault.status, headers: fault.headers)
  }
}

extension GatewayRequest {
  var bodyBytes: Int { body?.count ?? 0 }

  /// Whose words its refusals are in.
  fileprivate var clientProtocol: ClientProtocol {
    switch operation {
    case .messages: .messages
    case .responses, .response, .cancelResponse, .deleteResponse, .responseInput: .responses
    case .models, .model: headers["anthropic-version"] == nil ? .chatCompletions : .messages
    case .chatCompletions, .embeddings: .chatCompletions
    }
  }
}

extension ClientProtocol {
  /// Where a call that is handed on as it is goes.
  fileprivate var endpoint: WireCall.Endpoint? {
    switch self {
    case .chatCompletions: .chatCompletions
    case .messages: .messages
    case .responses: nil
    }
  }
}

extension GatewayDesk.Call {
  /// The most that it may use.
  var bound: CallBooks.Bound {
    CallBooks.Bound(
      inputTokens: facts.inputTokensMax.map(Int64.init),
      outputTokens: facts.outputTokensMax.map(Int64.init), answers: facts.answers, isStreamed: facts.isStreamed)
  }

  /// Whether every entry of the route takes it as it is. An answer that is to be gone on with has to be understood.
  fileprivate func isHop(to endpoint: WireCall.Endpoint) -> Bool {
    route.continuation == nil && route.entries.allSatisfy { $0.provider.takes(endpoint) }
  }
}

extension GatewayAnswer {
  static func json(_ document: JSON, status: Int = 200, headers: [(name: String, value: String)] = []) -> Self {
    whole(document.compactBytes(), status: status, headers: headers)
  }

  static func whole(_ bytes: [UInt8], status: Int = 200, headers: [(name: String, value: String)] = []) -> Self {
    GatewayAnswer(status: status, headers: headers + [("content-type", "application/json")], body: .whole(bytes))
  }

  static func events(
    _ stream: ByteStream, _ protocol: ClientProtocol, headers: [(name: String, value: String)] = []
  ) -> Self {
    GatewayAnswer(
      status: 200,
      headers: headers + [
        ("content-type", "text/event-stream; charset=utf-8"), ("cache-control", "no-store"),
        ("x-accel-buffering", "no"),
      ],
      body: .stream(stream, heartbeat: `protocol`.heartbeat))
  }
}
