import Events
import Inference
import Logging
import Metrics
import Operations
import ServiceLifecycle
import Storage
package import Terminal
import UnixSignals
import Vocabulary
import Web

/// One process that serves one data folder.
package enum ArbiterServer {
  /// Serves until the process is told to stop by SIGTERM or SIGINT; returns after a graceful end.
  ///
  /// - Parameters:
  ///   - environment: for the configuration.
  ///   - announce: called with what the person who started it should read, once it listens.
  package static func run(
    _ options: ServeOptions, environment: [String: String], surroundings: Surroundings = .system,
    announce: @escaping @Sendable (String) -> Void
  ) async throws {
    let read = try await ReadSettings.read(
      flags: options.flags, environment: environment, file: options.configuration, folder: options.folder)
    try options.folder.make()
    let logger = ServerLogs.bootstrap(read.settings, folder: options.folder, clock: surroundings.clock)
    let metrics = PrometheusMetrics()
    MetricsSystem.bootstrap(metrics)
    let arbiter = try await ArbiterFolder.open(
      options.folder, as: "server", settings: read.settings, surroundings: surroundings, logger: logger)
    do {
      try await serve(arbiter, read.settings, assets: options.assets, metrics: metrics, announce: announce)
    } catch {
      await arbiter.close()
      throw error
    }
    await arbiter.close()
  }

  private static func serve(
    _ arbiter: ArbiterFolder, _ settings: ServerSettings, assets: String?, metrics: PrometheusMetrics,
    announce: @escaping @Sendable (String) -> Void
  ) async throws {
    try await warnOfClock(arbiter)
    let token = arbiter.surroundings.random.bytes(32).hexadecimal
    try PrivateFile.write(Array(token.utf8), to: arbiter.folder.terminalToken)
    let edge = try WebEdge(
      desk: arbiter.desk, proposals: arbiter.proposals, turns: arbiter.turns, models: arbiter.models,
      gateway: arbiter.gateway, gatewayKeys: arbiter.gatewayKeys,
      cacheTally: arbiter.cache.tally, people: arbiter.people,
      events: arbiter.events, database: arbiter.database,
      terminalToken: TerminalToken(token, workspace: arbiter.owner.workspace),
      configuration: webConfiguration(settings, assets: assets), clock: arbiter.surroundings.clock,
      ids: arbiter.surroundings.ids, metrics: metrics, logger: arbiter.logger
    ) { address, port in
      await welcome(arbiter, at: address, onThisMachine: settings.localAddress(port: port), announce: announce)
    }
    var services = ServiceGroupConfiguration(
      services: [
        .init(
          service: Housekeeping(
            desk: arbiter.desk, responses: arbiter.responses, cache: arbiter.cache,
            workspace: arbiter.owner.workspace, logger: arbiter.logger)),
        .init(service: Worker(jobs: arbiter.worker())),
        .init(service: edge, successTerminationBehavior: .gracefullyShutdownGroup),
        // The last is the first to be told to stop: its readers get their terminal events while the edge still serves.
        .init(
          service: Responses(
            gateway: arbiter.gateway, responses: arbiter.responses, workspace: arbiter.owner.workspace,
            logger: arbiter.logger)),
      ],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: arbiter.logger)
    services.maximumGracefulShutdownDuration = .seconds(15)
    do {
      try await ServiceGroup(configuration: services).run()
    } catch is CancellationError {
      // Told to stop, and stopped: a service that was waiting ends this way.
    }
  }

  /// Says where the server is, to the lock file and to people.
  private static func welcome(
    _ arbiter: ArbiterFolder, at address: String, onThisMachine local: String, announce: @Sendable (String) -> Void
  ) async {
    do {
      // Terminals of this machine come over loopback, whatever people's browsers come through.
      try arbiter.lock?.announce(address: local)
      let link = try await arbiter.makeLink(at: address)
      announce(
        """
        Arbiter \(ArbiterVersion.current) is at \(address)
        Sign in with this link, once, within ten minutes:
          \(link.url)
        A new one: arbiter link. The data are in \(arbiter.folder.path). Stop with Ctrl-C.
        """)
    } catch {
      arbiter.logger.error("The sign-in link could not be made: \(error)")
      announce("Arbiter \(ArbiterVersion.current) is at \(address). No sign-in link could be made: \(error)")
    }
  }

  /// A clock that is behind the journal is no reason not to start: rows go on in order. But somebody should know.
  private static func warnOfClock(_ arbiter: ArbiterFolder) async throws {
    let head = try await arbiter.journalHead()
    let behind = head.time.duration(since: arbiter.surroundings.clock.now())
    guard head.number > 0, behind > .seconds(60) else { return }
    arbiter.logger.warning(
      """
      The clock is \(behind.components.seconds) seconds behind the newest journal row (\(head.time)). New rows are \
      numbered and timed after it; set the clock right.
      """)
  }

  private static func webConfiguration(_ settings: ServerSettings, assets: String?) -> WebConfiguration {
    var configuration = WebConfiguration(host: settings.host, port: settings.port)
    configuration.allowedHosts = settings.hosts
    configuration.publicOrigin = settings.origin.flatMap { Origin($0) }
    configuration.assetFolder = assets
    configuration.version = ArbiterVersion.current
    configuration.limits.heartbeat = .seconds(settings.heartbeatSeconds)
    return configuration
  }
}

extension ServeOptions {
  /// What was said on the command line, by setting name.
  fileprivate var flags: [String: String] {
    var flags: [String: String] = [:]
    if let host { flags["host"] = host }
    if let port { flags["port"] = "\(port)" }
    return flags
  }
}
