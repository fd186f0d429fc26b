import Storage
package import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension SQLiteDatabase {
  /// Puts the newest copy that a migration made in place of the database.
  ///
  /// For the day on which a newer Arbiter turns out wrong: it works on a database that this program cannot use because its
  /// schema is newer. Nobody may have the database open; the caller holds the ``FolderLock``.
  ///
  /// The copy is copied once more, verified and synced, and then takes the database's name in one step: whenever the
  /// machine stops, there is one of the two. The replaced file stays, as `<name>.replaced-<time>`.
  ///
  /// - Parameter discarding: the number of rows that were written since the migration and will be missing; nil for none.
  ///   ``RowComparison`` says how they are counted.
  /// - Throws: ``StorageError`` `.constraint` with the number when it is another one, and nothing was done; `.unavailable`
  ///   when there is no copy; `.damaged` when the newest copy, or the database, cannot be read; `.locked` when a process
  ///   has the database open.
  package static func rollback(
    at path: String, copies folder: String, discarding: Int?, clock: any WallClock
  ) throws -> RollbackReport {
    guard let copy = MigrationCopies(folder: folder, limit: 1).all().last else {
      throw StorageError(
        .unavailable, "There is no copy of a migration in \(folder), so there is nothing to go back to.")
    }
    try VerifiedCopy.verify(copy.path)
    let written = try countAndClose(path, since: copy)
    let total = written.values.reduce(0, +)
    guard total == discarding ?? 0 else {
      let tables = written.sorted { $0.key < $1.key }.map { "\($0.value) in \($0.key)" }.joined(separator: ", ")
      throw StorageError(
        .constraint,
        "\(total) rows were written since the migration (\(tables.isEmpty ? "in no table" : tables)) and are not in "
          + "\(copy.path). To lose them, say so: --discard \(total)")
    }
    let replaced = "\(path).replaced-\(MigrationCopies.compact(clock.now()))"
    try replace(path, by: copy, keepingItAs: replaced)
    return RollbackReport(restored: copy.path, replaced: replaced, discarded: total)
  }

  /// Rows written since `copy`, by table. Afterwards the database is one file, with no log beside it.
  private static func countAndClose(_ path: String, since copy: MigrationCopies.Copy) throws -> [String: Int] {
    let written: [String: Int]
    do {
      let live = try OpenFile(path, isWritten: true)
      written = try RowComparison(live: live, copy: copy).writtenRows()
      _ = try live.connection.rows(ofCommand: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    // The last to close a database takes the log away. One that is left belongs to somebody, and would be read as part of
    // the copy after it took the name.
    guard access("\(path)-wal", F_OK) != 0 else {
      throw StorageError(.locked, "\(path) is open in another process. Stop it first.")
    }
    return written
  }

  private static func replace(
    _ path: String, by copy: MigrationCopies.Copy, keepingItAs replaced: String
  ) throws {
    let restoring = "\(path).restoring"
    DatabaseFile.remove(restoring)
    try VerifiedCopy.make(of: copy.path, at: restoring)
    // A second name first: at no moment is there no database.
    guard link(path, replaced) == 0 else {
      let code = errno
      DatabaseFile.remove(restoring)
      throw StorageError.noAccess(to: replaced, doing: "made", code: code)
    }
    let folder = DatabaseFile.folder(of: path)
    try DatabaseFile.syncFolder(folder)
    guard rename(restoring, path) == 0 else {
      throw StorageError.noAccess(to: path, doing: "replaced", code: errno)
    }
    try DatabaseFile.syncFolder(folder)
  }
}
