import GRDBSQLite

/// Extended result codes that are looked at. The header defines them by arithmetic that does not come through to Swift:
/// <https://www.sqlite.org/rescode.html#extrc>.
enum ExtendedCode {
  static let checkFailed = SQLITE_CONSTRAINT | 1 << 8
  static let foreignKeyFailed = SQLITE_CONSTRAINT | 3 << 8
  static let notNullFailed = SQLITE_CONSTRAINT | 5 << 8
  static let primaryKeyTaken = SQLITE_CONSTRAINT | 6 << 8
  static let uniqueKeyTaken = SQLITE_CONSTRAINT | 8 << 8
  static let rowIDTaken = SQLITE_CONSTRAINT | 10 << 8
  /// Reported as an I/O error and none.
  static let ioWithoutMemory = SQLITE_IOERR | 12 << 8
  /// Somebody moved or replaced the open file: what is written goes nowhere.
  static let fileWasMoved = SQLITE_READONLY | 4 << 8
}
