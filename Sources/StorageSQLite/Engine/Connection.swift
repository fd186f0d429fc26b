import GRDBSQLite
import Storage

/// One SQLite connection: statements, values, and what they say of the transaction.
///
/// `@unchecked Sendable`: only used by the thread that GRDB has given the connection to, which is one at a time, and after
/// the pool has let go of all of them by the one that closes it.
final class Connection: @unchecked Sendable {
  /// How long a statement waits for another process's lock. Within the process nothing waits for locks.
  static let patience: Duration = .seconds(1)

  let handle: OpaquePointer
  let timeLimit: TimeLimit
  private var cache: StatementCache
  private var isClosed = false
  private var controls: [TransactionControl: OpaquePointer] = [:]
  /// The gravest fault since `forgetFaults`, also when a body swallowed the error.
  private(set) var gravest: SQLiteFailure?

  private let isOwner: Bool

  /// - Parameters:
  ///   - statements: how many prepared ones are kept.
  ///   - isOwner: whether the handle is closed with this object.
  init(_ handle: OpaquePointer, statements: Int, isOwner: Bool = false) {
    self.handle = handle
    self.isOwner = isOwner
    timeLimit = TimeLimit(on: handle)
    cache = StatementCache(limit: statements)
  }

  /// GRDB closes a handle that is not ours, perhaps before this object goes, and SQLite keeps it until the last of its
  /// statements is finalized. So nothing but statements is touched here.
  deinit {
    guard isOwner else { return finalizeControls() }
    close()
    sqlite3_close(handle)
  }

  /// False when SQLite rolled a transaction back by itself.
  var isInTransaction: Bool { !isClosed && sqlite3_get_autocommit(handle) == 0 }

  /// Whether nothing is written to the log after the frame that commits. On a disk that may spoil the rest of a sector SQLite
  /// fills it up with further frames (`SQLITE_IOCAP_POWERSAFE_OVERWRITE` is off), and one of those may be what finds no
  /// room.
  var writesCommitFrameLast: Bool {
    var isSafe: CInt = -1
    let code = sqlite3_file_control(handle, "main", SQLITE_FCNTL_POWERSAFE_OVERWRITE, &isSafe)
    return code == SQLITE_OK && isSafe == 1
  }

  func forgetFaults() { gravest = nil }

  /// To be called before the handle is closed. Everything asked of the connection later is refused.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    cache.empty()
    finalizeControls()
    sqlite3_progress_handler(handle, 0, nil, nil)
    sqlite3_wal_hook(handle, nil, nil)
  }

  private func finalizeControls() {
    for control in controls.values { sqlite3_finalize(control) }
    controls = [:]
  }

  /// Runs a statement to its end and returns the number of rows it changed.
  func run(_ sql: SQL) throws -> Int {
    try using(sql) { statement in
      while try step(statement) {}
      return statement.changesRows ? Int(sqlite3_changes64(handle)) : 0
    }
  }

  /// Hands each row to `each`. What that throws ends the statement.
  func forEachRow(_ sql: SQL, _ each: (SQLRow) throws -> Void) throws {
    try using(sql) { statement in
      while try step(statement) { try each(statement.row) }
    }
  }

  /// Begins or ends a transaction or a savepoint.
  func run(_ control: TransactionControl) throws(SQLiteFailure) {
    let statement = try prepared(control)
    let code = sqlite3_step(statement)
    guard code == SQLITE_DONE || code == SQLITE_ROW else {
      let failure = SQLiteFailure(of: handle)
      sqlite3_reset(statement)
      note(failure)
      throw failure
    }
    sqlite3_reset(statement)
  }

  private func prepared(_ control: TransactionControl) throws(SQLiteFailure) -> OpaquePointer {
    if let statement = controls[control] { return statement }
    guard !isClosed else { throw .closed }
    var made: OpaquePointer?
    let flags = CUnsignedInt(SQLITE_PREPARE_PERSISTENT)
    guard sqlite3_prepare_v3(handle, control.rawValue, -1, flags, &made, nil) == SQLITE_OK, let made else {
      throw SQLiteFailure(of: handle)
    }
    controls[control] = made
    return made
  }

  /// Leaves no transaction open.
  func abandon() {
    guard isInTransaction else { return }
    // SQLite ends the transaction whatever it answers, and who calls this has an error to tell already.
    try? run(.rollback)
  }

  /// Runs what bodies may not: a `PRAGMA` or a step of a migration. Its rows are thrown away.
  func command(_ text: String) throws(SQLiteFailure) {
    guard !isClosed else { throw .closed }
    guard sqlite3_exec(handle, text, nil, nil, nil) == SQLITE_OK else { throw SQLiteFailure(of: handle) }
  }

  /// The rows of what bodies may not run: a `PRAGMA`, a statement over tables that are only known at run time.
  func rows(ofCommand text: String, _ values: [SQLValue] = []) throws -> [SQLRow] {
    guard !isClosed else { throw StorageError.closed }
    do {
      let statement = try Statement(text, on: handle, isKept: false, isOurs: true)
      try statement.bind(values)
      var rows: [SQLRow] = []
      while try step(statement) { rows.append(statement.row) }
      return rows
    } catch let failure as SQLiteFailure {
      throw failure.storageError(statement: text)
    }
  }

  private func using<T>(_ sql: SQL, _ work: (Statement) throws -> T) throws -> T {
    guard !isClosed else { throw StorageError.closed }
    do {
      let statement = try cache.take(sql.text) { try Statement(sql.text, on: handle, isKept: $0) }
      statement.isBusy = true
      defer {
        sqlite3_reset(statement.handle)
        statement.isBusy = false
      }
      try statement.bind(sql.values)
      return try work(statement)
    } catch let failure as SQLiteFailure {
      note(failure)
      throw failure.storageError(statement: sql.text)
    }
  }

  /// Whether there is a row.
  private func step(_ statement: Statement) throws(SQLiteFailure) -> Bool {
    switch sqlite3_step(statement.handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw SQLiteFailure(of: handle)
    }
  }

  private func note(_ failure: SQLiteFailure) {
    guard failure.fault.costsTheGroup, gravest == nil else { return }
    gravest = failure
  }
}
