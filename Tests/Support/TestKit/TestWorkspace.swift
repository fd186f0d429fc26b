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
  package let clock = ManualClock()
  package let random: SeededRandom
  package let database: any Database
  package let ring: KeyRing
  package let events: EventLog
  package let journal: Journal
  package let people: People
  package let desk: OperationDesk
  package let workspace: WorkspaceID
  package let owner: Principal

  package static let migrations =
    EventLog.migrations + People.migrations + Journal.migrations + Seeds.migrations + Workbench.migrations

  /// - Parameter extra: operation sets beside Workbench's.
  package init(seed: UInt64 = 1, extra: [OperationSet] = []) async throws {
    random = SeededRandom(seed: seed)
    let ids = UniqueIDSequence(clock: clock, random: random)
    let scratch = try SQLiteDatabase.scratch(clock: clock, logger: .silent)
    try await scratch.migrate(Self.migrations + extra.flatMap(\.migrations))
    database = scratch
    ring = KeyRing(primary: VaultKey(testing: random.bytes(32)), random: random)
    events = EventLog(database: database, sealer: ring)
    journal = Journal(headKey: ring.derivedKey(for: "journal head"), sealer: ring)
    let catalogue = try Catalogue([Workbench.operations(events: events, journal: journal, sealer: ring)] + extra)
    desk = OperationDesk(
      runner: OperationRunner(
        catalogue: catalogue, journal: journal, events: events,
        sources: ChoiceSources(ids: ids, random: random, sealer: ring)),
      database: database)
    people = People(random: random, ids: ids)
    workspace = ids.make()
    let batch = try PreparedBatch(
      [
        OperationCall(operation: "create_workspace", input: ["name": "The Salt Road"]),
        OperationCall(operation: "rotate_seed", input: [:]),
      ], as: .arbiter(in: workspace), from: catalogue)
    owner = try await database.write("test.found", in: workspace) { [desk, people] transaction in
      _ = try desk.runner.perform(batch, key: nil, in: transaction)
      return try people.enrol(name: "Ines", role: .owner, in: transaction)
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
    let scratch = try SQLiteDatabase.scratch(clock: clock, logger: .silent)
    try await scratch.migrate(Self.migrations)
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
