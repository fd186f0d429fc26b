package import Events
package import Identity
package import Logging
package import Operations
package import Storage
import StorageSQLite
package import StrictJSON
package import Vault
package import Vocabulary
import Workbench

/// A workspace on a throw-away database, composed as the server composes one, with a clock and chance that tests hold.
package final class TestWorkspace: Sendable {
  package let clock: ManualClock
  package let random: SeededRandom
  package let database: any Database
  package let ring: KeyRing
  package let events: EventLog
  package let journal: Journal
  package let people: People
  package let desk: OperationDesk
  package let workspace: WorkspaceID
  package let owner: Principal
  private let migrations: [Migration]

  package static let migrations =
    EventLog.migrations + People.migrations + Journal.migrations + Seeds.migrations + Workbench.migrations

  /// A new workspace on a database that is thrown away.
  ///
  /// - Parameters:
  ///   - extra: operation sets beside Workbench's.
  ///   - telling: more of them, which tell where their events stand.
  package convenience init(
    seed: UInt64 = 1, extra: [OperationSet] = [], telling: [TellingSet] = []
  ) async throws {
    let clock = ManualClock()
    let scratch = try SQLiteDatabase.scratch(clock: clock, logger: .silent)
    try await scratch.migrate(
      Self.migrations + extra.flatMap(\.migrations) + telling.flatMap(\.migrations))
    try await self.init(founding: scratch, clock: clock, seed: seed, extra: extra, telling: telling)
  }

  /// A new workspace on a database that has the schema and `clock`.
  package convenience init(
    founding database: any Database, clock: ManualClock, seed: UInt64, extra: [OperationSet] = [],
    telling: [TellingSet] = []
  ) async throws {
    let random = SeededRandom(seed: seed)
    let ids = UniqueIDSequence(clock: clock, random: random)
    let parts = try Parts(
      database, clock, random, ids, KeyRing(primary: VaultKey(testing: random.bytes(32)), random: random), extra,
      telling)
    let workspace: WorkspaceID = ids.make()
    let batch = try PreparedBatch(
      [
        OperationCall(operation: "create_workspace", input: ["name": "The Salt Road"]),
        OperationCall(operation: "rotate_seed", input: [:]),
      ], as: .arbiter(in: workspace), from: parts.desk.catalogue)
    let owner = try await database.write("test.found", in: workspace) { transaction in
      _ = try parts.desk.runner.perform(batch, key: nil, in: transaction)
      return try parts.people.enrol(name: "Ines", role: .owner, in: transaction)
    }
    self.init(parts, workspace, owner)
  }

  /// The workspace of `before` as a restart finds it on `database`: with its keys and people, and nothing in memory.
  package convenience init(reopening before: TestWorkspace, on database: any Database) throws {
    let ids = UniqueIDSequence(clock: before.clock, random: before.random)
    self.init(
      try Parts(database, before.clock, before.random, ids, before.ring, [], []), before.workspace, before.owner)
  }

  private init(_ parts: Parts, _ workspace: WorkspaceID, _ owner: Principal) {
    clock = parts.clock
    random = parts.random
    database = parts.database
    ring = parts.ring
    events = parts.events
    journal = parts.journal
    people = parts.people
    desk = parts.desk
    migrations = parts.migrations
    self.workspace = workspace
    self.owner = owner
  }

  /// Everything but who lives there.
  private struct Parts {
    let database: any Database
    let clock: ManualClock
    let random: SeededRandom
    let ring: KeyRing
    let events: EventLog
    let journal: Journal
    let people: People
    let desk: OperationDesk
    let migrations: [Migration]

    init(
      _ database: any Database, _ clock: ManualClock, _ random: SeededRandom, _ ids: UniqueIDSequence, _ ring: KeyRing,
      _ extra: [OperationSet], _ telling: [TellingSet]
    ) throws {
      migrations = TestWorkspace.migrations + extra.flatMap(\.migrations) + telling.flatMap(\.migrations)
      self.database = database
      self.clock = clock
      self.random = random
      self.ring = ring
      events = EventLog(database: database, sealer: ring)
      journal = Journal(headKey: ring.derivedKey(for: "journal head"), sealer: ring)
      people = People(random: random, ids: ids)
      let told = telling.map { [events] in $0.operations(events) }
      let catalogue = try Catalogue(
        [Workbench.operations(events: events, journal: journal, sealer: ring)] + extra + told)
      desk = OperationDesk(
        runner: OperationRunner(
          catalogue: catalogue, journal: journal, events: events,
          sources: ChoiceSources(ids: ids, random: random, sealer: ring)),
        database: database)
    }
  }

  /// The owner's rights reduced to those of `role`.
  package func principal(_ role: Role, name: String = "Wren") -> Principal {
    Principal(workspace: workspace, person: owner.person, name: name, role: role)
  }

  @discardableResult
  package func perform(
    _ operation: String, _ input: JSON, as principal: Principal? = nil, key: String? = nil
  ) async throws -> Performed {
    try await desk.perform(
      OperationCall(operation: operation, input: input), as: principal ?? owner, key: key.flatMap { IdempotencyKey($0) }
    )
  }

  package func read(_ operation: String, _ input: JSON = [:]) async throws -> JSON {
    try await desk.read(OperationCall(operation: operation, input: input), as: owner)
  }

  package func stateHash() async throws -> StateHash {
    let tables = desk.catalogue.stateTables
    return try await database.read("test.hash", in: workspace) { try StateHash(of: tables, in: $0) }
  }

  package func rebuild(reexecuting: Bool = false) async throws -> RebuildReport {
    var options = SQLiteOptions()
    options.writeLimit = .seconds(3600)  // As the server's rebuild: nobody stands behind this writer.
    let scratch = try SQLiteDatabase.scratch(options: options, clock: clock, logger: .silent)
    try await scratch.migrate(migrations)
    let report = try await Rebuilder(catalogue: desk.catalogue, journal: journal).rebuild(
      workspace, of: database, in: scratch, reexecuting: reexecuting)
    try await scratch.close()
    return report
  }

  /// The number of rows of a table.
  package func count(_ table: SchemaName) async throws -> Int {
    try await database.read("test.count", in: workspace) { transaction in
      try transaction.value("SELECT count(*) FROM \(name: table)") ?? -1
    }
  }
}

extension Logger {
  /// Says nothing.
  package static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}

/// Operations that need the event log of the workspace they are in.
package struct TellingSet: Sendable {
  let migrations: [Migration]
  let operations: @Sendable (EventLog) -> OperationSet

  package init(migrations: [Migration], _ operations: @escaping @Sendable (EventLog) -> OperationSet) {
    self.migrations = migrations
    self.operations = operations
  }
}
