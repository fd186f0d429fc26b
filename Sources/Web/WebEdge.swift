package import Events
package import Hummingbird
import HummingbirdCore
package import Identity
package import Inference
package import Logging
import Metrics
import NIOCore
package import Operations
package import Proposals
import ServiceLifecycle
package import Storage
package import Vocabulary

/// The HTTP edge: pages, sessions, every operation as a route, events. Delivery only: a route unpacks, asks, and packs.
package struct WebEdge: Service {
  /// Where the server listens, once it does.
  package let listening: ListeningAddress

  private let configuration: WebConfiguration
  private let logger: Logger
  private let ids: any IDSource
  private let metrics: PrometheusMetrics
  private let table: RouteTable
  private let layers: [any Layer]
  private let keeper: StreamKeeper
  private let onListening: @Sendable () async -> Void

  /// - Parameters:
  ///   - desk: performs and answers operations.
  ///   - proposals: checks and executes what people propose.
  ///   - turns: begins and shows turns; a worker takes them.
  ///   - models: checks, connects and asks models.
  ///   - gateway: answers programs outside; they come with keys that `gatewayKeys` makes.
  ///   - cacheTally: what the cache of models' answers found, and did not find.
  ///   - database: where sessions are; its health is what `/readyz` tells.
  ///   - metrics: what `/metrics` shows. The program makes it its metrics system, so that all modules write there.
  ///   - onListening: called once with the address for people, as `http://127.0.0.1:8282`, and the bound port.
  /// - Throws: what a schema or a route that cannot be made throws: the program does not start then.
  package init(
    desk: OperationDesk, proposals: ProposalDesk, turns: TurnDesk,
    models: any ModelConnector & ModelAsker,
    gateway: any GatewayDoor, gatewayKeys: any GatewayKeyMaker, cacheTally: CacheTally, people: People,
    events: EventLog, database: any Database, terminalToken: TerminalToken, configuration: WebConfiguration,
    clock: any WallClock,
    ids: any IDSource, metrics: PrometheusMetrics, logger: Logger,
    onListening: @escaping @Sendable (_ address: String, _ port: Int) async -> Void = { _, _ in }
  ) throws {
    let limits = configuration.limits
    let listening = ListeningAddress()
    let cookie = SessionCookie(isSecure: configuration.isSecure)
    let seats = StreamSeats(limits: limits) { events.beat() }
    let pulse = StreamPulse(silence: limits.heartbeat)
    metrics.show(cacheTally)
    let address = PublicAddress(configuration, listening: listening)
    let sessions = try SessionRoutes(
      people: people, desk: desk, database: database, cookie: cookie, seats: seats, limits: limits, clock: clock)
    let links = SignInLinkRoute(people: people, database: database, address: address, limits: limits)
    var routes = PageRoutes(assets: AssetSource(folder: configuration.assetFolder)).routes
    routes += [HomeRoute(desk: desk).route]
    routes += PlumbingRoutes(database: database, metrics: metrics, version: configuration.version).routes
    routes += sessions.routes + [links.route]
    routes += CatalogueRoutes(desk: desk, limits: limits).routes
    routes += [try RehearsalRoute(desk: desk, limits: limits).route]
    routes += try ProposalRoutes(desk: proposals, limits: limits).routes
    routes += [StateDigestRoute(desk: desk).route]
    routes += try RunRoutes(desk: turns, limits: limits).routes
    routes += try ModelRoutes(desk: desk, models: models, limits: limits).routes
    routes += try ModelAskerRoutes(models: models, limits: limits).routes
    routes += GatewayRoutes(door: gateway, pulse: pulse).routes
    routes += [try GatewayKeyRoute(keys: gatewayKeys, limits: limits).route]
    routes += [EventStreamRoute(events: events, seats: seats, logger: logger).route]
    routes += try OperationRoute.all(desk: desk, limits: limits)
    routes += [OpenAPIRoute(describing: routes, operations: desk.catalogue.facts).route]
    table = RouteTable(routes)
    layers = [
      RequestIdentity(),
      RequestLog(logger: logger),
      RequestMetrics(factory: metrics),
      SecurityHeaders(isSecure: configuration.isSecure),
      ProblemMapping(),
      HostCheck(hosts: HostNames(configuration, address: listening)),
      OriginCheck(publicOrigin: configuration.publicOrigin),
      Authentication(people: people, database: database, token: terminalToken, cookie: cookie, logger: logger),
    ]
    keeper = StreamKeeper(
      events: events, seats: seats, pulse: pulse, people: people, database: database, limits: limits, logger: logger)
    self.listening = listening
    self.configuration = configuration
    self.logger = logger
    self.ids = ids
    self.metrics = metrics
    self.onListening = { await onListening("\(address)", listening.port ?? configuration.port) }
  }

  /// The application as Hummingbird runs it; tests take it as it is.
  package func application() -> some ApplicationProtocol {
    let limits = configuration.limits
    let refusals = Refusals(ids: ids, logger: logger, factory: metrics)
    return Application(
      responder: EdgeResponder(table: table, layers: layers, limits: limits, ids: ids),
      server: HTTPServerBuilder { EdgeChannel(responder: $0, limits: limits, refusals: refusals) },
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port), serverName: nil, backlog: 1024,
        availableConnectionsDelegate: MaximumAvailableConnections(limits.connections, logger: logger)),
      services: [keeper],
      onServerRunning: { [listening, onListening] channel in
        listening.note(port: channel.localAddress?.port)
        await onListening()
      },
      logger: logger)
  }

  /// Serves until told to stop; then ends streams with a word, lets requests finish, and cuts off what is left after
  /// ``WebLimits/shutdownTime``.
  ///
  /// - Throws: ``ListeningError`` when the address is taken or may not be used.
  package func run() async throws {
    let application = application()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [listening, configuration] in
        do {
          try await application.run()
        } catch let error as IOError where listening.port == nil {
          throw ListeningError(error, host: configuration.host, port: configuration.port)
        }
      }
      group.addTask { [limit = configuration.limits.shutdownTime] in
        try await gracefulShutdown()
        try await Task.sleep(for: limit)
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}

// Whoever runs services writes their description into its log; the default one would print every route and schema, which
// costs more than the rest of the start.
extension WebEdge: CustomStringConvertible {
  package var description: String { "WebEdge" }
}
