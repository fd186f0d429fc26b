/// Sees whether a disk that was full has room again, by really writing: 64 pages into a table of its own, committed with
/// its fsync, then taken away. The freed pages stay in the file and are used next.
struct SpaceProbe {
  let connection: Connection

  /// - Throws: what SQLite said; whether there is room is then open.
  func write() throws(SQLiteFailure) {
    do {
      try connection.command("DROP TABLE IF EXISTS space_probe")
      try connection.command(
        "BEGIN IMMEDIATE; CREATE TABLE space_probe (page BLOB); INSERT INTO space_probe VALUES (zeroblob(262144)); COMMIT"
      )
      try connection.command("DROP TABLE space_probe")
    } catch {
      connection.abandon()
      throw error
    }
  }
}
