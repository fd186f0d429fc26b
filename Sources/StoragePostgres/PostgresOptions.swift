package import Storage

/// How a ``PostgresDatabase`` uses its server.
package struct PostgresOptions: Sendable {
  /// Where and as whom, as libpq takes it: `host=/run/postgresql dbname=arbiter user=arbiter` or a `postgresql://` address.
  /// It may hold a password, so it is never printed.
  package var conninfo: String
  /// The schema that holds the tables; migrations make it. One server can serve several installations.
  package var schema: SchemaName
  /// Connections at most, beside one for a moment when a statement is stopped or a silent server is asked.
  package var connectionsMax = 8
  /// Bodies that may wait for a connection; one more is refused as overloaded.
  package var waitingMax = 4096
  /// Prepared statements a connection keeps.
  package var statementsMax = 256
  /// How long a writing body may take, from its start on a connection to its COMMIT.
  package var writeLimit = Duration.seconds(5)
  /// How long a reading body may take.
  package var readLimit = Duration.seconds(30)
  /// How long COMMIT may take, beyond which the outcome is unknown.
  package var commitLimit = Duration.seconds(5)
  /// How long a schema step may take, and how long it may wait for another process's migration.
  package var migrationLimit = Duration.seconds(600)
  /// How long making a connection may take. With `silence` it bounds how long a call hangs on a frozen server.
  package var connectLimit = Duration.milliseconds(800)
  /// How long a server may be silent within a statement before it is asked whether it still lives.
  package var silence = Duration.seconds(1)
  /// How often a body runs when others are in its way.
  package var attemptsMax = 10

  package init(conninfo: String, schema: SchemaName = "arbiter") {
    self.conninfo = conninfo
    self.schema = schema
  }
}
