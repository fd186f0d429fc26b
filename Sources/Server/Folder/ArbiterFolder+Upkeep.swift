import Crypto
import Events
import Gateway
import Identity
import Inference
package import Operations
package import Storage
import StorageSQLite
import Tabletop
package import Terminal
import Vault
import Vocabulary
import Workbench

extension ArbiterFolder {
  /// Every operation of this program. Opens nothing.
  package static func operations() throws -> [OperationFacts] {
    // The catalogue asks nothing of what is below it until an operation is performed.
    let sealer = NoSealer()
    let database = NoDatabase()
    let events = EventLog(database: database, sealer: sealer)
    let journal = Journal(headKey: SymmetricKey(size: .bits256), sealer: sealer)
    return try Catalogue([
      Workbench.operations(events: events, journal: journal, sealer: sealer),
      Tabletop.operations(events: events, sealer: sealer),
      Gateway.operations(events: events, tally: CacheTally()),
    ]).facts
  }

  /// Puts back the copy that the last migration made.
  package static func rollBack(
    _ folder: DataFolder, discarding: Int64?, surroundings: Surroundings = .system
  ) async throws -> DatabaseRollback {
    guard !folder.isNew else { throw StorageError(.noAccess, "There is no Arbiter data in \(folder.path).") }
    let lock = try FolderLock(
      folder,
      holder: FolderHolder(
        process: getProcess(), role: "arbiter database rollback", since: surroundings.clock.now(),
        version: ArbiterVersion.current))
    defer { lock.release() }
    let report = try SQLiteDatabase.rollback(
      at: folder.database, copies: folder.copies, discarding: discarding.map { Int(clamping: $0) },
      clock: surroundings.clock)
    return DatabaseRollback(
      restored: report.restored, setAside: report.replaced, discarded: Int64(report.discarded))
  }

  package func checkDatabase() async throws -> [Finding] {
    let faults = try await database.checkIntegrity()
    let pages =
      faults.isEmpty
      ? Finding("database", .fine, "Every page and index of \(folder.database) is sound.")
      : Finding(
        "database", .wrong,
        "The database is damaged: \(faults.joined(separator: "; ")). Stop Arbiter, keep the file, and restore a copy.")
    let head = try await journalHead()
    let chain =
      journal.isGenuine(head, of: owner.workspace)
      ? Finding(
        "journal", .fine, "The journal has \(head.number) rows, and its head was written with this vault's key.")
      : Finding(
        "journal", .wrong, "The journal's head was not written with this vault's key. Try: arbiter journal verify")
    return [pages, chain]
  }
}

private struct NoSealer: Sealer {
  func seal(_ bytes: [UInt8], for place: SealedPlace) throws -> [UInt8] { throw NothingOpen() }
  func open(_ sealed: [UInt8], for place: SealedPlace) throws -> [UInt8] { throw NothingOpen() }
}

private struct NoDatabase: Database {
  var health: DatabaseHealth { .readOnly(reason: "nothing is open") }
  func write<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T { throw NothingOpen() }
  func read<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any ReadTransaction) throws -> T
  ) async throws -> T { throw NothingOpen() }
}

private struct NothingOpen: Error {}
