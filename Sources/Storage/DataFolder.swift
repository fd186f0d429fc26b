/// The one folder that holds everything an Arbiter knows, and where in it things lie.
package struct DataFolder: Sendable, Hashable {
  /// Absolute, without a trailing slash.
  package let path: String

  package init(path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The SQLite database. Its `-wal` and `-shm` companions lie beside it and belong to it.
  package var database: String { "\(path)/arbiter.sqlite" }
  /// Verified copies that migrations make first.
  package var copies: String { "\(path)/copies" }
  /// Keys that seal secrets, mode 0600. Kept out of every backup of the database.
  package var keys: String { "\(path)/keys" }
  package var vaultKeys: String { "\(keys)/vault.json" }
  /// What the terminal shows a running server to be let in, mode 0600, new at every start.
  package var terminalToken: String { "\(path)/terminal.token" }
  /// Held while a process uses the folder; says who.
  package var lock: String { "\(path)/arbiter.lock" }
  package var logs: String { "\(path)/logs" }
  /// Read when no other configuration file is named.
  package var configuration: String { "\(path)/arbiter.yaml" }
}
