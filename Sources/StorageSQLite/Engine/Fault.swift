import GRDBSQLite

/// What an SQLite result code means for the work at hand.
///
/// The codes and what they do to an open transaction: <https://www.sqlite.org/rescode.html> and
/// <https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction>, read for 3.40.
enum Fault: Hashable, Sendable, CaseIterable {
  /// A constraint or a column's type refused the row. Costs the statement only.
  case constraint
  /// The statement is wrong, or is used wrongly. Costs the statement only.
  case statement
  /// Another connection stands in the way.
  case busy
  /// A statement ran into its time limit. If it was writing, SQLite rolled the whole transaction back.
  case interrupted
  /// No room. SQLite may have rolled the whole transaction back.
  case full
  /// No memory. SQLite may have rolled the whole transaction back.
  case memory
  /// The disk failed. SQLite may have rolled the whole transaction back, and what the disk says from now on is worth
  /// nothing: the kernel may have dropped the pages it could not write.
  case disk
  /// The file does not hold what it should.
  case damaged
  /// The account may not open or write the file.
  case access

  /// - Parameter code: a primary or extended result code other than OK, ROW and DONE.
  init(code: CInt) {
    switch code {
    case ExtendedCode.ioWithoutMemory: self = .memory
    case ExtendedCode.fileWasMoved: self = .disk
    default:
      switch code & 0xff {
      case SQLITE_CONSTRAINT: self = .constraint
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy
      case SQLITE_INTERRUPT: self = .interrupted
      case SQLITE_FULL: self = .full
      case SQLITE_NOMEM: self = .memory
      case SQLITE_IOERR: self = .disk
      case SQLITE_CORRUPT, SQLITE_NOTADB: self = .damaged
      case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_NOLFS: self = .access
      default: self = .statement
      }
    }
  }

  /// Whether a body that met this fault takes its whole group with it, also when it swallowed the error.
  var costsTheGroup: Bool {
    switch self {
    case .full, .memory, .disk, .damaged, .access: true
    case .constraint, .statement, .busy, .interrupted: false
    }
  }
}
