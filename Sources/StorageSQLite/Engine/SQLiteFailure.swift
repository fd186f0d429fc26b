import GRDBSQLite
import Storage

/// An SQLite call that did not succeed: its code, and SQLite's own words.
struct SQLiteFailure: Error, Sendable {
  /// The extended result code.
  let code: CInt
  /// As `sqlite3_errmsg` has it: names of tables and columns, never a bound value.
  let words: String

  var fault: Fault { Fault(code: code) }

  init(code: CInt, words: String) {
    self.code = code
    self.words = words
  }

  /// The last failure of `handle`.
  init(of handle: OpaquePointer?) {
    code = sqlite3_extended_errcode(handle)
    words = sqlite3_errmsg(handle).map { String(cString: $0) } ?? "out of memory"
  }

  /// The connection was closed.
  static let closed = SQLiteFailure(code: SQLITE_MISUSE, words: "the connection is closed")

  /// The one table from SQLite's codes to what a caller can do.
  ///
  /// - Parameter statement: the text with its `?`, where a statement failed.
  func storageError(statement: String? = nil) -> StorageError {
    let place = statement.map { " in: \($0.prefix(200))" } ?? ""
    let underlying = "SQLite \(code): \(words)\(place)"
    func error(_ kind: StorageError.Kind, _ message: String) -> StorageError {
      StorageError(kind, message, underlying: underlying)
    }
    switch fault {
    case .constraint: return error(.constraint, constraintSentence)
    case .statement: return error(.statement, "The statement is not right: \(words).")
    case .busy:
      return error(.rolledBack, "Another process was writing the database. Nothing was written; try again.")
    case .interrupted: return error(.timedOut, "The statement ran longer than it may. Nothing was written.")
    case .full:
      return error(.full, "There is no room on the disk. Nothing was written; it works again once there is room.")
    case .memory: return error(.rolledBack, "There was not enough memory. Nothing was written; try again.")
    case .disk:
      return error(.readOnly, "The disk failed (\(words)). Nothing is written any more until Arbiter is restarted.")
    case .damaged:
      return error(.damaged, "The database is damaged (\(words)). Restore a backup; `arbiter doctor` says more.")
    case .access: return error(.noAccess, "The database may not be opened or written (\(words)).")
    }
  }

  private var constraintSentence: String {
    // “UNIQUE constraint failed: things.workspace, things.id”: what follows the colon is what people need.
    let detail = words.firstRange(of: "failed: ").map { String(words[$0.upperBound...]) } ?? words
    switch code {
    case ExtendedCode.uniqueKeyTaken, ExtendedCode.primaryKeyTaken, ExtendedCode.rowIDTaken:
      return "A row with this key is there already: \(detail)."
    case ExtendedCode.notNullFailed: return "A value is missing: \(detail)."
    case ExtendedCode.checkFailed: return "A value is outside what the table allows: \(detail)."
    case ExtendedCode.foreignKeyFailed: return "A row that this one refers to, or that refers to it, stands against it."
    default: return "The table refuses the row: \(words)."
    }
  }
}
