package import Storage

/// What every engine promises, and the check of each promise.
///
/// An engine's tests run it with a few lines:
///
/// ```swift
/// @Test(arguments: StorageConformance.cases)
/// func `the engine keeps its promises`(_ promise: ConformanceCase) async throws {
///   try await promise.run(on: MyEngine())
/// }
/// ```
package enum StorageConformance {
  package static let cases: [ConformanceCase] =
    values + text + queries + changes + constraints + transactions + savepoints + snapshots + afterCommit + concurrency
    + limits

  /// The tables that the cases use.
  package static let migrations = [
    Migration(
      module: "conformance", number: 1, name: "create the tables of the cases",
      statements: [
        """
        CREATE TABLE conformance_values (
          workspace BLOB NOT NULL,
          id BIGINT NOT NULL,
          i BIGINT,
          r DOUBLE PRECISION,
          t TEXT,
          b BLOB,
          PRIMARY KEY (workspace, id)
        )
        """,
        """
        CREATE TABLE conformance_counters (
          workspace BLOB NOT NULL,
          name TEXT NOT NULL, -- is this a ? no
          value BIGINT NOT NULL DEFAULT 0 CONSTRAINT counters_not_negative CHECK (value >= 0),
          PRIMARY KEY (workspace, name)
        )
        """,
        """
        CREATE TABLE conformance_topics (
          workspace BLOB NOT NULL,
          topic TEXT NOT NULL,
          last BIGINT NOT NULL,
          PRIMARY KEY (workspace, topic)
        )
        """,
        """
        CREATE TABLE conformance_entries (
          workspace BLOB NOT NULL,
          topic TEXT NOT NULL,
          number BIGINT NOT NULL,
          PRIMARY KEY (workspace, topic, number),
          FOREIGN KEY (workspace, topic) REFERENCES conformance_topics (workspace, topic)
        )
        """,
        """
        CREATE TABLE conformance_log (
          place BIGINT NOT NULL,
          note TEXT NOT NULL,
          PRIMARY KEY (place)
        )
        """,
        "CREATE UNIQUE INDEX conformance_values_by_text ON conformance_values (workspace, t)",
      ]),
    Migration(
      module: "conformance", number: 2, name: "add a note",
      statements: ["ALTER TABLE conformance_counters ADD COLUMN note TEXT DEFAULT 'why?'"]),
  ]
}
