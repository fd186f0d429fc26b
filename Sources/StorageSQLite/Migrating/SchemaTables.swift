import Crypto
import Storage
import Vocabulary

/// The tables in which a database keeps its own history.
///
/// They belong to no workspace, so their keys do not begin with one. They are written in the common dialect all the same.
struct SchemaTables {
  let connection: Connection

  /// Tables that a count of what people wrote leaves out.
  static let names: Set = ["schema_migrations", "schema_row_counts", "space_probe"]

  static let declarations = [
    """
    CREATE TABLE schema_migrations (
      module TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL, applied BIGINT NOT NULL,
      PRIMARY KEY (module, number))
    """,
    // How many rows each table had right after the migration that `copy` was made before.
    """
    CREATE TABLE schema_row_counts (
      copy TEXT NOT NULL, table_name TEXT NOT NULL, row_count BIGINT NOT NULL, PRIMARY KEY (copy, table_name))
    """,
  ]

  static func checksum(of migration: Migration) -> String {
    SHA256.hash(data: migration.checksummedBytes).hexadecimal
  }

  /// Whether anything was ever migrated here.
  var exist: Bool {
    get throws {
      try !connection.rows(ofCommand: "SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").isEmpty
    }
  }

  /// Every step that ran, in the order of modules and numbers.
  func applied() throws -> [AppliedMigration] {
    guard try exist else { return [] }
    var applied: [AppliedMigration] = []
    try connection.forEachRow("SELECT module, number, name, checksum FROM schema_migrations ORDER BY module, number") {
      applied.append(
        AppliedMigration(
          module: try $0.get("module"), number: try $0.get("number"), name: try $0.get("name"),
          checksum: try $0.get("checksum")))
    }
    return applied
  }

  func declare() throws {
    guard try !exist else { return }
    for declaration in SchemaTables.declarations { _ = try connection.rows(ofCommand: Dialect.sqlite(declaration)) }
  }

  func add(_ step: AppliedMigration, at time: Timestamp) throws {
    _ = try connection.run(
      """
      INSERT INTO schema_migrations (module, number, name, checksum, applied)
      VALUES (\(step.module), \(step.number), \(step.name), \(step.checksum), \(time))
      """)
  }

  /// Notes how many rows each table has now. Notes that belong to other copies are forgotten.
  func noteRowCounts(for copy: String) throws {
    _ = try connection.run("DELETE FROM schema_row_counts")
    for (table, count) in try connection.rowCounts() {
      _ = try connection.run(
        "INSERT INTO schema_row_counts (copy, table_name, row_count) VALUES (\(copy), \(table), \(count))")
    }
  }

  /// As noted for `copy`; empty when nothing was.
  func notedRowCounts(for copy: String) throws -> [String: Int64] {
    var counts: [String: Int64] = [:]
    try connection.forEachRow("SELECT table_name, row_count FROM schema_row_counts WHERE copy = \(copy)") {
      counts[try $0.get("table_name")] = try $0.get("row_count", as: Int64.self)
    }
    return counts
  }
}

extension Connection {
  /// The names of the tables that hold rows of their own, in order; not those of SQLite, nor virtual ones.
  func tables(of database: String = "main") throws -> [String] {
    try rows(
      ofCommand: """
        SELECT name FROM \(database).sqlite_schema WHERE type = 'table' AND rootpage > 0 AND substr(name, 1, 7) <> 'sqlite_'
        ORDER BY name
        """
    ).map { try $0.get("name") }
  }

  /// The number of rows of each table that is not the engine's own.
  func rowCounts() throws -> [(table: String, count: Int64)] {
    try tables().filter { !SchemaTables.names.contains($0) }.map { table in
      let rows = try rows(ofCommand: "SELECT count(*) AS n FROM \(quoted(table))")
      return (table, try rows.first?.get("n") ?? 0)
    }
  }
}

/// A name as SQL takes it, whatever is in it.
func quoted(_ name: String) -> String {
  "\"" + name.replacing("\"", with: "\"\"") + "\""
}
