import GRDBSQLite
import Storage

/// A database file that is opened for a while beside the pool: to be copied, verified or compared.
///
/// It is closed when its connection is let go of.
struct OpenFile {
  let path: String
  let connection: Connection

  /// - Throws: ``StorageError``.
  init(_ path: String, isWritten: Bool) throws(StorageError) {
    self.path = path
    var handle: OpaquePointer?
    let flags = (isWritten ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(path, &handle, flags, nil)
    guard code == SQLITE_OK, let handle else {
      let failure = SQLiteFailure(code: code, words: String(cString: sqlite3_errstr(code)))
      sqlite3_close(handle)
      let known = failure.storageError()
      throw StorageError(known.kind, "\(path) could not be opened: \(known.message)", underlying: known.underlying)
    }
    connection = Connection(handle, statements: 16, isOwner: true)
    sqlite3_busy_timeout(handle, Connection.patience.wholeMilliseconds)
  }

  /// Reads one moment from now on.
  func beginSnapshot() throws {
    do { try connection.run(.beginReading) } catch { throw error.storageError() }
    _ = try connection.rows(ofCommand: "SELECT count(*) FROM sqlite_schema")
  }

  /// Every object's declaration, in order.
  func schema() throws -> [[SQLValue]] {
    try connection.rows(ofCommand: "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").map(
      \.values)
  }
}
