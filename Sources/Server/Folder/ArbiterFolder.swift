package import Events
package import Gateway
package import Identity
package import Inference
import InferenceProviders
package import Jobs
package import Logging
package import Operations
package import Proposals
package import Storage
package import StorageSQLite
import StrictJSON
import Synchronization
import Tabletop
import Vault
package import Vocabulary
package import Workbench

/// A data folder opened by this process: the lock, the keys, the database, and everything over them up to the operations.
///
/// The server serves one; a command without a server opens one for a moment. Both are composed here.
package final class ArbiterFolder: Sendable {
  package let folder: DataFolder
  package let surroundings: Surroundings
  package let database: SQLiteDatabase
  package let events: EventLog
  package let people: People
  package let desk: OperationDesk
  package let proposals: ProposalDesk
  package let jobs: JobQueue
  package let turns: TurnDesk
  /// Connects models, and says which one answers.
  package let models: ModelDesk
  /// Answers programs outside, and makes their keys.
  package let gateway: GatewayDesk
  package let gatewayKeys: GatewayKeys
  /// The responses that programs outside had kept.
  package let responses: StoredResponses
  /// The answers that routes have kept.
  package let cache: AnswerCache
  private let books: CallBooks
  package let journal: Journal
  /// The workspace, and who owns it. One of each, for now.
  package let owner: Principal
  /// Nil when the folder is only read.
  package let lock: FolderLock?
  package let logger: Logger
  /// Whether the folder is gone when it is closed.
  private let isScratch: Bool
  /// Does jobs while a command has the folder open.
  private let working = Mutex<Task<Void, any Error>?>(nil)
  private let finder: ModelsOverHTTP

  private init(
    folder: DataFolder, surroundings: Surroundings, database: SQLiteDatabase, parts: Parts, owner: Principal,
    lock: FolderLock?, logger: Logger, isScratch: Bool = false
  ) {
    self.isScratch = isScratch
    self.folder = folder
    self.surroundings = surroundings
    self.database = database
    events = parts.events
    people = parts.people
    desk = parts.desk
    proposals = parts.proposals
    jobs = parts.jobs
    turns = parts.turns
    journal = parts.desk.runner.journal
    self.owner = owner
    self.lock = lock
    self.logger = logger
    models = parts.models
    gateway = parts.gateway
    gatewayKeys = parts.keys
    responses = parts.responses
    cache = parts.cache
    books = parts.books
    finder = parts.finder
  }

  /// Every schema step of this program, in the order of the floors.
  package static var migrations: [Migration] {
    EventLog.migrations + People.migrations + JobQueue.migrations + Journal.migrations + Seeds.migrations
      + Workbench.migrations + ProposalDesk.migrations + TurnDesk.migrations + Tabletop.migrations
      + Gateway.migrations
  }

  /// Opens a folder for changing it: makes it where it is missing, takes its lock, brings its schema up to date, and founds
  /// its workspace the first time.
  ///
  /// - Throws: `StorageError`, `VaultError` or `OperationError`, each a sentence for people.
  package static func open(
    _ folder: DataFolder, as role: String, settings: ServerSettings, surroundings: Surroundings = .system,
    logger: Logger, isScratch: Bool = false
  ) async throws -> ArbiterFolder {
    try folder.make()
    let lock = try FolderLock(
      folder,
      holder: FolderHolder(
        process: getProcess(), role: role, since: surroundings.clock.now(), version: ArbiterVersion.current))
    let ring = try KeyFile.open(in: folder, random: surroundings.random)
    let database = try SQLiteDatabase.open(at: folder.database, clock: surroundings.clock, logger: logger)
    do {
      // Making the operations' schemas takes as long as looking at the database's: both at once.
      async let composed = Parts(
        database: database, ring: ring, settings: settings, surroundings: surroundings, logger: logger)
      try await database.migrate(migrations, copyTo: folder.copies)
      let parts = try await composed
      let owner = try await parts.foundOrFind(settings, surroundings)
      // Whoever made them is gone: this process has the lock, and has made none.
      try await parts.ledger.recover(in: owner.workspace, before: surroundings.clock.now())
      try await parts.responses.recover(in: owner.workspace)
      return ArbiterFolder(
        folder: folder, surroundings: surroundings, database: database, parts: parts, owner: owner, lock: lock,
        logger: logger, isScratch: isScratch)
    } catch {
      try? await database.close()  // The first error is the one to tell.
      throw error
    }
  }

  /// Opens a folder for looking, beside a server that may be running. Changes nothing.
  package static func openForReading(
    _ folder: DataFolder, surroundings: Surroundings = .system, logger: Logger
  ) async throws -> ArbiterFolder {
    guard !folder.isNew else {
      throw StorageError(.noAccess, "There is no Arbiter data in \(folder.path).")
    }
    let ring = try KeyFile.open(in: folder, random: surroundings.random)
    var options = SQLiteOptions(mode: .readOnly)
    options.readLimit = .seconds(3600)
    let database = try SQLiteDatabase.open(
      at: folder.database, options: options, clock: surroundings.clock, logger: logger)
    do {
      let parts = try await Parts(
        database: database, ring: ring, settings: ServerSettings(), surroundings: surroundings, logger: logger)
      guard let owner = try await parts.findOwner() else {
        throw StorageError(.noAccess, "The database in \(folder.path) holds no workspace yet.")
      }
      return ArbiterFolder(
        folder: folder, surroundings: surroundings, database: database, parts: parts, owner: owner, lock: nil,
        logger: logger)
    } catch {
      try? await database.close()
      throw error
    }
  }

  /// What does the jobs of this folder, in this process.
  package func worker() -> JobWorker {
    JobWorker(
      queue: jobs, workspace: owner.workspace, handlers: turns.handlers, clock: surroundings.clock, logger: logger)
  }

  /// Lets go of the database, then of the lock.
  package func close() async {
    let worker = working.withLock { $0 }
    worker?.cancel()
    _ = await worker?.result
    events.finishReaders()
    await responses.stop()
    await finder.close()
    await books.drain()
    do { try await database.close() } catch { logger.error("The database was not closed well: \(error)") }
    lock?.release()
    if isScratch { ScratchFolder.remove(folder) }
  }

  /// Does the jobs of this folder until it is closed, where no server does.
  func work() {
    working.withLock { working in
      if working == nil { working = Task { [worker = worker()] in try await worker.run() } }
    }
  }
}

/// What is composed over a database.
private struct Parts {
  let events: EventLog
  let people: People
  let desk: OperationDesk
  let proposals: ProposalDesk
  let models: ModelDesk
  let finder: ModelsOverHTTP
  let ledger: CallLedger
  let books: CallBooks
  let keys: GatewayKeys
  let responses: StoredResponses
  let cache: AnswerCache
  let gateway: GatewayDesk
  let jobs: JobQueue
  let turns: TurnDesk

  init(
    database: any Database, ring: KeyRing, settings: ServerSettings, surroundings: Surroundings, logger: Logger
  ) async throws {
    events = EventLog(database: database, sealer: ring)
    cache = AnswerCache(database: database, sealer: ring, tally: CacheTally())
    let journal = Journal(headKey: ring.derivedKey(for: "journal head"), sealer: ring)
    let catalogue = try await Catalogue.compose([
      Workbench.operations(events: events, journal: journal, sealer: ring),
      Tabletop.operations(events: events, sealer: ring),
      Gateway.operations(events: events, tally: cache.tally),
    ])
    let runner = OperationRunner(
      catalogue: catalogue, journal: journal, events: events,
      sources: ChoiceSources(ids: surroundings.ids, random: surroundings.random, sealer: ring))
    desk = OperationDesk(runner: runner, database: database)
    finder = ModelsOverHTTP(lookingAt: settings.localOrigins.servers)
    let upstreams = Upstreams()
    ledger = CallLedger(database: database)
    books = CallBooks(ledger: ledger, ids: surroundings.ids) { error in
      logger.error(
        "Something of a call to a model was not booked; what was reserved is settled at the next start: \(error)")
    }
    // What was emptied is found by nobody; its rows go beside everybody's writing.
    events.changes.watch(CacheChange.part) { [cache] workspace in Task { await cache.sweep(in: workspace) } }
    models = ModelDesk(
      desk: desk, sealer: ring, finder: finder, upstreams: upstreams, random: surroundings.random, books: books,
      prices: surroundings.prices, cache: cache, localOrigins: settings.localOrigins)
    keys = GatewayKeys(desk: desk, random: surroundings.random, clock: surroundings.clock)
    responses = StoredResponses(database: database, sealer: ring) { error in
      logger.error("A stored response was not written; it is ended at the next start: \(error)")
    }
    gateway = GatewayDesk(
      models: models, keys: keys, responses: responses, upstreams: upstreams, books: books, cache: cache,
      random: surroundings.random,
      clock: surroundings.clock)
    let campaigns = CampaignSurface(sealer: ring)
    proposals = ProposalDesk(
      runner: runner, database: database, sealer: ring, ids: surroundings.ids, surfaces: [campaigns])
    jobs = JobQueue(database: database, sealer: ring, ids: surroundings.ids, random: surroundings.random)
    turns = try TurnDesk(
      runner: runner, database: database, events: events, sealer: ring, ids: surroundings.ids, queue: jobs,
      router: models, surfaces: [campaigns])
    var policy = SignInPolicy()
    policy.sessionIdle = .seconds(settings.sessionIdleDays * 86_400)
    policy.sessionLifetime = .seconds(settings.sessionLifetimeDays * 86_400)
    people = People(policy: policy, random: surroundings.random, ids: surroundings.ids)
  }

  func findOwner() async throws -> Principal? {
    let nowhere = WorkspaceID(UniqueID(high: 0, low: 0))
    guard
      let workspace = try await desk.database.read("server.workspace", in: nowhere, { try Workspaces.first(in: $0) })
    else { return nil }
    return try await desk.database.read("server.owner", in: workspace) { [people] in try people.owner(in: $0) }
  }

  /// The workspace's first rows and its owner are one commit: a start that is killed founds it next time.
  func foundOrFind(_ settings: ServerSettings, _ surroundings: Surroundings) async throws -> Principal {
    if let owner = try await findOwner() { return owner }
    let workspace: WorkspaceID = surroundings.ids.make()
    let calls = [
      OperationCall(
        operation: CreateWorkspace.name, input: try JSON(encoding: CreateWorkspace.Input(name: settings.workspaceName))),
      OperationCall(operation: RotateSeed.name, input: [:]),
    ]
    let batch = try PreparedBatch(calls, as: .arbiter(in: workspace), from: desk.catalogue)
    return try await desk.database.write("server.found", in: workspace) { [people, desk] transaction in
      if case .failed(let error) = try desk.runner.perform(batch, key: nil, in: transaction) { throw error }
      return try people.enrol(name: settings.ownerName, role: .owner, in: transaction)
    }
  }
}
