import GRDBSQLite
import Storage

/// A prepared statement. Only the thread that has the connection uses it.
final class Statement {
  let text: String
  let handle: OpaquePointer
  /// Whether `sqlite3_changes` says something about it.
  let changesRows: Bool
  /// Being stepped: a body that asks for the same text inside its own loop gets another one.
  var isBusy = false
  /// When it was last taken, counted by its cache.
  var lastUse: UInt64 = 0

  private var columns: [String] = []
  private var columnsAreOf: CInt = -1

  /// - Parameters:
  ///   - isKept: whether it goes into the cache.
  ///   - isOurs: whether it may be a command that bodies may not run.
  /// - Throws: ``SQLiteFailure``, or a ``StorageError`` `.statement` when the text is not exactly one statement that may
  ///   stand in a body.
  init(_ text: String, on handle: OpaquePointer, isKept: Bool, isOurs: Bool = false) throws {
    self.text = text
    let words = StatementWords(text)
    guard isOurs || !words.isCommand else {
      throw StorageError(.statement, "\(words.first) may not stand in a body: \(text.prefix(200))")
    }
    changesRows = words.changesRows
    var made: OpaquePointer?
    var text = text
    let (code, rest) = text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { buffer in
        var tail: UnsafePointer<CChar>?
        let flags = CUnsignedInt(isKept ? SQLITE_PREPARE_PERSISTENT : 0)
        let code = sqlite3_prepare_v3(handle, buffer.baseAddress, CInt(clamping: buffer.count), flags, &made, &tail)
        let used = tail.flatMap { tail in buffer.baseAddress.map { $0.distance(to: tail) } } ?? 0
        return (code, buffer.count - used)
      }
    }
    guard code == SQLITE_OK else { throw SQLiteFailure(of: handle) }
    guard let made else { throw StorageError(.statement, "A statement is empty.") }
    self.handle = made
    guard text.utf8.suffix(rest).allSatisfy({ " \n\t;".utf8.contains($0) }) else {
      throw StorageError(.statement, "More than one statement stands in: \(text.prefix(200))")
    }
  }

  deinit { sqlite3_finalize(handle) }

  /// Gives every `?` its value.
  ///
  /// - Throws: ``StorageError`` `.statement` when the numbers differ; `.constraint` for what ``Dialect/check(_:)`` refuses.
  func bind(_ values: [SQLValue]) throws {
    try Dialect.check(values)
    let wanted = Int(sqlite3_bind_parameter_count(handle))
    guard wanted == values.count else {
      throw StorageError(.statement, "\(wanted) values are wanted and \(values.count) given in: \(text.prefix(200))")
    }
    for (index, value) in values.enumerated() {
      let code = bind(value, at: CInt(index) + 1)
      guard code == SQLITE_OK else {
        throw SQLiteFailure(code: code, words: String(cString: sqlite3_errstr(code)))
      }
    }
  }

  private func bind(_ value: SQLValue, at place: CInt) -> CInt {
    switch value {
    case .null: return sqlite3_bind_null(handle, place)
    case .integer(let integer): return sqlite3_bind_int64(handle, place, integer)
    case .real(let real): return sqlite3_bind_double(handle, place, real)
    case .blob(let bytes):
      guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, place, 0) }
      return bytes.withUnsafeBytes {
        sqlite3_bind_blob64(handle, place, $0.baseAddress, sqlite3_uint64($0.count), copied)
      }
    case .text(var text):
      return text.withUTF8 { utf8 in
        utf8.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text64(handle, place, $0.baseAddress, sqlite3_uint64($0.count), copied, UInt8(SQLITE_UTF8))
        }
      }
    }
  }

  /// The row that `sqlite3_step` stopped at.
  var row: SQLRow {
    let count = sqlite3_column_count(handle)
    // SQLite prepares a statement anew by itself when the schema changed; `SELECT *` then has other columns.
    let preparations = sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_REPREPARE, 0)
    if columnsAreOf != preparations {
      columns = (0..<count).map { sqlite3_column_name(handle, $0).map { String(cString: $0) } ?? "" }
      columnsAreOf = preparations
    }
    return SQLRow(columns: columns, values: (0..<count).map(value))
  }

  private func value(at column: CInt) -> SQLValue {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: .real(sqlite3_column_double(handle, column))
    case SQLITE_TEXT:
      .text(
        String(decoding: bytes(from: UnsafeRawPointer(sqlite3_column_text(handle, column)), at: column), as: UTF8.self))
    case SQLITE_BLOB: .blob(Array(bytes(from: sqlite3_column_blob(handle, column), at: column)))
    default: .null
    }
  }

  /// Valid until the next step. SQLite wants the pointer asked for before the length.
  private func bytes(from start: UnsafeRawPointer?, at column: CInt) -> UnsafeRawBufferPointer {
    let count = Int(sqlite3_column_bytes(handle, column))
    return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
  }
}

/// `SQLITE_TRANSIENT`: SQLite makes its own copy, so that a value need not outlive the call.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
