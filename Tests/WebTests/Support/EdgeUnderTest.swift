import Events
import Gateway
import Identity
import Inference
import Logging
import Operations
import Proposals
import ServiceLifecycle
import Storage
import StrictJSON
import TestKit
import Vocabulary
import Workbench

@testable import Web

/// A whole edge with real features on a throw-away database, listening on a port of its own.
struct EdgeUnderTest: Sendable {
  static let token = "a-terminal-token-of-this-very-test-run"

  let port: Int
  let world: TestWorkspace
  let metrics: PrometheusMetrics
  let log: TestLog
  private let group: ServiceGroup

  /// Starts an edge, hands it to `body`, and stops it again.
  static func run(
    _ configure: (inout WebConfiguration) -> Void = { _ in }, extra: [OperationSet] = [],
    surfaces: [any ProposalSurface] = [], finder: any ModelFinder = NoModels(),
    _ body: @Sendable (EdgeUnderTest) async throws -> Void
  ) async throws {
    let cacheTally = CacheTally()
    let world = try await TestWorkspace(
      extra: extra + [Self.proposals, TestTurns.tables],
      telling: [TellingSet(migrations: Gateway.migrations) { Gateway.operations(events: $0, tally: cacheTally) }])
    var configuration = WebConfiguration(host: "127.0.0.1", port: 0)
    // A busy machine takes longer than the usual 15 s between two lines of a test; who wants heartbeats says how often.
    configuration.limits.heartbeat = .seconds(600)
    configure(&configuration)
    let metrics = PrometheusMetrics()
    let log = TestLog()
    let upstreams = Upstreams()
    let (listening, started) = AsyncStream.makeStream(of: Void.self)
    let edge = try WebEdge(
      desk: world.desk, proposals: world.proposals(surfaces),
      turns: try TestTurns(world, surfaces: surfaces.compactMap { $0 as? any TurnSurface }).desk,
      models: world.models(finder, upstreams), gateway: world.gateway(finder, upstreams, cacheTally),
      gatewayKeys: world.gatewayKeys, cacheTally: cacheTally, people: world.people,
      events: world.events, database: world.database,
      terminalToken: TerminalToken(token, workspace: world.workspace), configuration: configuration, clock: world.clock,
      ids: UniqueIDSequence(clock: world.clock, random: world.random), metrics: metrics, logger: log.logger
    ) { _, _ in started.finish() }
    let group = ServiceGroup(configuration: .init(services: [edge], logger: .silent))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { started.finish() }
        try await group.run()
      }
      for await _ in listening {}
      guard let port = edge.listening.port else { throw Unstarted() }
      do {
        try await body(EdgeUnderTest(port: port, world: world, metrics: metrics, log: log, group: group))
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
    }
  }

  struct Unstarted: Error {}

  /// The table of proposals.
  private static let proposals = OperationSet(
    changes: [], reads: [], stateTables: [], routes: [], migrations: ProposalDesk.migrations)

  func stop() async { await group.triggerGracefulShutdown() }

  func connect() async throws -> RawConnection { try await RawConnection(port: port) }

  var host: String { "127.0.0.1:\(port)" }

  /// One request on a connection of its own.
  func send(
    _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil,
    type: String? = "application/json"
  ) async throws -> RawResponse {
    let connection = try await connect()
    try await connection.send(request(method, path, headers: headers, body: body, type: type))
    guard let response = try await connection.readResponse(toHead: method == "HEAD") else { throw RawConnection.Cut() }
    await connection.close()
    return response
  }

  func request(
    _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil,
    type: String? = "application/json"
  ) -> String {
    var fields = ["Host": host].merging(headers) { _, new in new }
    if let body {
      fields["Content-Length"] = "\(body.utf8.count)"
      if let type, fields["Content-Type"] == nil { fields["Content-Type"] = type }
    }
    let lines = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
    return "\(method) \(path) HTTP/1.1\r\n\(lines)\r\n\(body ?? "")"
  }

  /// As the owner at a terminal.
  func terminal(
    _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil
  ) async throws -> RawResponse {
    try await send(
      method, path, headers: ["Authorization": "Bearer \(Self.token)"].merging(headers) { _, new in new }, body: body)
  }

  /// The code of a fresh sign-in link.
  func link() async throws -> String {
    guard let person = world.owner.person else { throw Unstarted() }
    return try await world.database.write("test.link", in: world.workspace) { [people = world.people] transaction in
      try people.makeLink(for: person, in: transaction).credential.text
    }
  }

  /// Signs in as a browser does, and gives its cookie.
  func signIn() async throws -> String {
    let answer = try await send(
      "POST", "/api/v1/sessions", headers: ["Sec-Fetch-Site": "same-origin"], body: #"{"code":"\#(try await link())"}"#)
    guard answer.status == 201, let cookie = answer["set-cookie"]?.split(separator: ";").first else {
      throw Unstarted()
    }
    return String(cookie)
  }

  /// As a browser that is signed in, from a page of ours.
  func browser(
    _ method: String, _ path: String, cookie: String, headers: [String: String] = [:], body: String? = nil
  ) async throws -> RawResponse {
    try await send(
      method, path,
      headers: ["Cookie": cookie, "Sec-Fetch-Site": "same-origin"].merging(headers) { _, new in new }, body: body)
  }
}

extension TestWorkspace {
  func proposals(_ surfaces: [any ProposalSurface]) -> ProposalDesk {
    ProposalDesk(
      runner: desk.runner, database: database, sealer: ring, ids: UniqueIDSequence(clock: clock, random: random),
      surfaces: surfaces)
  }
}

extension TestWorkspace {
  var gatewayKeys: GatewayKeys { GatewayKeys(desk: desk, random: random, clock: clock) }

  /// The models that `finder` reaches. What is asked of them is booked.
  func models(_ finder: any ModelFinder, _ upstreams: Upstreams) -> ModelDesk {
    ModelDesk(desk: desk, sealer: ring, finder: finder, upstreams: upstreams, random: random, books: books)
  }

  /// The gateway over the models that `finder` reaches. Its calls are booked.
  func gateway(
    _ finder: any ModelFinder, _ upstreams: Upstreams = Upstreams(), _ cacheTally: CacheTally = CacheTally()
  ) -> GatewayDesk {
    GatewayDesk(
      models: models(finder, upstreams), keys: gatewayKeys,
      responses: StoredResponses(database: database, sealer: ring), upstreams: upstreams, books: books,
      cache: AnswerCache(database: database, sealer: ring, tally: cacheTally),
      random: random, clock: clock)
  }

  private var books: CallBooks {
    CallBooks(ledger: CallLedger(database: database), ids: UniqueIDSequence(clock: clock, random: random))
  }
}

/// A network without a model in it.
struct NoModels: ModelFinder {
  func models(of provider: String, at endpoint: EndpointURL, key: APIKey?) async throws -> [FoundModel] {
    throw InferenceError(.refused, from: provider, "\(provider) cannot be reached.")
  }
  func localServers() async -> [FoundServer] { [] }
  func provider(named name: String, at endpoint: EndpointURL, key: APIKey?, times: CallTimes) -> any ModelProvider {
    BuiltInModel()
  }
}
