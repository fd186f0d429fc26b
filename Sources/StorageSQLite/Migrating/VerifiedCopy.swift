import GRDBSQLite
import Storage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A copy of a database that is known to be good: one file, on the disk, whole, and equal in schema and in the number of
/// rows of each table to one moment of the original, which may be in use.
enum VerifiedCopy {
  /// Copies the database at `source` to `destination`, which must not exist. Until it is verified it has another name.
  ///
  /// Writers go on meanwhile; the log grows by what they write.
  ///
  /// - Throws: ``StorageError`` `.full`, `.noAccess`, or `.damaged` when the copy is not what it should be. Nothing is
  ///   left of a copy that failed.
  static func make(of source: String, at destination: String) throws(StorageError) {
    guard access(destination, F_OK) != 0 else {
      throw StorageError(.noAccess, "\(destination) is there already; a copy replaces nothing.")
    }
    let unfinished = "\(destination).making"
    DatabaseFile.remove(unfinished)
    do {
      try DatabaseFile.create(unfinished)
      let original = try OpenFile(source, isWritten: false)
      try original.beginSnapshot()
      try copyPages(of: original, to: unfinished)
      try DatabaseFile.sync(unfinished)
      try verify(unfinished, against: original)
      guard rename(unfinished, destination) == 0 else {
        throw StorageError.noAccess(to: destination, doing: "made", code: errno)
      }
      try DatabaseFile.syncFolder(DatabaseFile.folder(of: destination))
    } catch {
      DatabaseFile.remove(unfinished)
      throw (error as? StorageError)
        ?? StorageError(.damaged, "\(source) could not be copied.", underlying: "\(error)")
    }
  }

  /// Checks that the database at `path` is whole.
  ///
  /// - Throws: ``StorageError`` `.damaged` with the first of what SQLite found.
  static func verify(_ path: String) throws {
    let copy = try OpenFile(path, isWritten: false)
    try checkIntegrity(of: copy)
  }

  private static func copyPages(of original: OpenFile, to path: String) throws {
    let copy = try OpenFile(path, isWritten: true)
    guard let backup = sqlite3_backup_init(copy.connection.handle, "main", original.connection.handle, "main") else {
      throw SQLiteFailure(of: copy.connection.handle).storageError()
    }
    let code = sqlite3_backup_step(backup, -1)
    sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else {
      let words = String(cString: sqlite3_errstr(code))
      throw SQLiteFailure(code: code, words: "\(words), while copying to \(path)").storageError()
    }
    // The original's header says WAL. A copy is a file by itself.
    _ = try copy.connection.rows(ofCommand: "PRAGMA journal_mode = DELETE")
  }

  private static func verify(_ path: String, against original: OpenFile) throws {
    let copy = try OpenFile(path, isWritten: false)
    try checkIntegrity(of: copy)
    guard try copy.schema() == original.schema() else {
      throw StorageError(.damaged, "The copy \(path) does not have the schema of the original.")
    }
    let (there, here) = (try original.connection.rowCounts(), try copy.connection.rowCounts())
    for (mine, its) in zip(there, here) where mine != its {
      throw StorageError(.damaged, "The copy \(path) has \(its.count) rows in \(its.table) where \(mine.count) are.")
    }
  }

  private static func checkIntegrity(of file: OpenFile) throws {
    let problems = try file.connection.integrityProblems(atMost: 1)
    if let problem = problems.first {
      throw StorageError(.damaged, "\(file.path) is damaged: \(problem).")
    }
  }
}

extension Connection {
  /// What `PRAGMA integrity_check` and `foreign_key_check` find; empty when all is well. Reads everything.
  func integrityProblems(atMost limit: Int) throws -> [String] {
    let rows = try rows(ofCommand: "PRAGMA integrity_check(\(limit))")
    let found: [String] = try rows.map { try $0.get("integrity_check") }
    guard found == ["ok"] else { return found }
    return try self.rows(ofCommand: "PRAGMA foreign_key_check").prefix(limit).map {
      "a row of \(try $0.get("table", as: String.self)) refers to a row of \(try $0.get("parent", as: String.self)) that is not there"
    }
  }
}
