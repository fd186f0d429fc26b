import Storage

/// Counts what was written to a database since a copy of it was made and a migration ran.
///
/// In a table that both have, over the columns that both have, a row counts that only one of them holds; the same key
/// with other values counts once. A table that only the database has counts by how far its number of rows has moved since
/// the migration. When a migration changed old rows, those count too: it is better to ask once too often.
struct RowComparison {
  let live: OpenFile
  /// The copy's file and its name among the noted row counts.
  let copy: MigrationCopies.Copy

  /// Rows written, by table; tables without any are left out.
  func writtenRows() throws -> [String: Int] {
    _ = try live.connection.rows(ofCommand: "ATTACH ? AS copy", [.text(copy.path)])
    defer { _ = try? live.connection.rows(ofCommand: "DETACH copy") }
    let tables = try live.connection.tables().filter { !SchemaTables.names.contains($0) }
    let old = Set(try live.connection.tables(of: "copy"))
    let noted = try SchemaTables(connection: live.connection).notedRowCounts(for: copy.name)
    var written: [String: Int] = [:]
    for table in tables {
      written[table] = try old.contains(table) ? changedRows(in: table) : movedRows(in: table, from: noted[table] ?? 0)
    }
    return written.filter { $0.value > 0 }
  }

  private func changedRows(in table: String) throws -> Int {
    let theirs = Set(try live.connection.columns(of: table, in: "copy").map(\.name))
    let ours = try live.connection.columns(of: table, in: "main").filter { theirs.contains($0.name) }
    guard !ours.isEmpty else { return try movedRows(in: table, from: 0) }
    let shared = ours.map { quoted($0.name) }.joined(separator: ", ")
    let key = ours.filter(\.isKey).map { quoted($0.name) }.joined(separator: ", ")
    // Every row counts +1 in the one and -1 in the other; what does not cancel out is different.
    let differing = """
      SELECT \(shared), sum(side) AS difference FROM (
        SELECT \(shared), 1 AS side FROM main.\(quoted(table)) UNION ALL
        SELECT \(shared), -1 FROM copy.\(quoted(table)))
      GROUP BY \(shared) HAVING sum(side) <> 0
      """
    let count =
      key.isEmpty
      ? "SELECT coalesce(sum(abs(difference)), 0) AS n FROM (\(differing))"
      : "SELECT count(*) AS n FROM (SELECT 1 FROM (\(differing)) GROUP BY \(key))"
    return try live.connection.rows(ofCommand: count).first?.get("n") ?? 0
  }

  private func movedRows(in table: String, from before: Int64) throws -> Int {
    let rows = try live.connection.rows(ofCommand: "SELECT count(*) AS n FROM main.\(quoted(table))")
    let now = try rows.first?.get("n", as: Int64.self) ?? 0
    return Int(clamping: (now - before).magnitude)
  }
}

extension Connection {
  /// The columns of a table and whether each is part of its primary key.
  fileprivate func columns(of table: String, in database: String) throws -> [(name: String, isKey: Bool)] {
    try rows(ofCommand: "SELECT name, pk FROM pragma_table_info(?, ?)", [.text(table), .text(database)]).map {
      (try $0.get("name"), try $0.get("pk", as: Int64.self) > 0)
    }
  }
}
