import Storage

/// What went wrong between a session and its server.
enum PostgresFault: Error, Sendable, Hashable {
  /// The server refused, and said so.
  case refused(ServerRefusal)
  /// The connection broke, or was never made; the server said nothing about the statement.
  case lost(String)
  /// The answer did not come in time. The session still waits for it.
  case late
  /// The result holds a type, or the statement a value, that the engine does not carry: our mistake.
  case misuse(String)
}

/// An error response of the server (protocol 3, section 55.8).
struct ServerRefusal: Sendable, Hashable {
  /// Five letters and digits (appendix A).
  let sqlState: String
  /// Whether it ended the session: severity FATAL or PANIC.
  let isFatal: Bool
  let message: String
  let table: String?
  let column: String?
  let constraint: String?

  /// For the log and the caller: never the message of class 22, which quotes values.
  var summary: String {
    let words = sqlState.hasPrefix("22") ? "data exception" : message
    let places = [table.map { "table \($0)" }, column.map { "column \($0)" }, constraint.map { "constraint \($0)" }]
    return (["\(sqlState): \(words)"] + places.compactMap(\.self)).joined(separator: ", ")
  }
}

extension PostgresFault {
  /// Whether the same body may succeed when it runs again at once: another transaction was in the way.
  var isConflict: Bool {
    if case .refused(let refusal) = self { refusal.sqlState == "40001" || refusal.sqlState == "40P01" } else { false }
  }

  /// Whether the session can go on after a rollback, to a savepoint or of the whole.
  var leavesSession: Bool {
    switch self {
    case .refused(let refusal): !refusal.isFatal
    case .misuse: true
    case .lost, .late: false
    }
  }

  /// What the caller of a body is told.
  ///
  /// - Parameter isWriting: a write that lost its connection before COMMIT is rolled back by the server; a read has
  ///   nothing to roll back.
  func storageError(isWriting: Bool) -> StorageError {
    switch self {
    case .refused(let refusal): refusal.storageError(isWriting: isWriting)
    case .lost(let words) where isWriting:
      StorageError(
        .rolledBack, "The connection to PostgreSQL was lost before the commit. Nothing was written; try again.",
        underlying: words)
    case .lost(let words):
      StorageError(.unavailable, "The connection to PostgreSQL was lost. Try again.", underlying: words)
    case .late: StorageError(.timedOut, "The transaction ran longer than it may. Nothing was written.")
    case .misuse(let words): StorageError(.statement, words)
    }
  }
}

extension ServerRefusal {
  func storageError(isWriting: Bool) -> StorageError {
    let (kind, sentence) = meaning(isWriting: isWriting)
    return StorageError(kind, sentence, underlying: summary)
  }

  /// Appendix A of the manual, as far as callers can do something about it; the exact code before its class.
  private func meaning(isWriting: Bool) -> (StorageError.Kind, String) {
    switch sqlState {
    case "22003": (.constraint, "A number is outside the range of its column.")
    case "22001", "22021", "22P05", "54000":
      (.constraint, "A value is too long for its column, or holds what it cannot keep.")
    case "25006":
      isWriting
        ? (.readOnly, "The PostgreSQL server is read-only: a standby, or set so. Connect to the primary.")
        : (.statement, "A reading body tried to write.")
    case "25P03":
      (isWriting ? .rolledBack : .unavailable, "PostgreSQL ended a transaction that did nothing. Try again.")
    case "42501": (.noAccess, "The PostgreSQL role may not do this. Grant it, or connect as the owner of the schema.")
    case "53100": (.full, "The disk of the PostgreSQL server is full. Nothing was written.")
    case "53300":
      (.unavailable, "The PostgreSQL server has no connection left. Raise max_connections or lower the pool.")
    case "55P03": (.timedOut, "A lock was not free in time. Nothing was written.")
    case "57014": (.timedOut, "The statement ran longer than it may. Nothing was written.")
    case "58P01", "XX001", "XX002": (.damaged, "The PostgreSQL database is damaged. Restore a backup.")
    default: classMeaning(isWriting: isWriting)
    }
  }

  private func classMeaning(isWriting: Bool) -> (StorageError.Kind, String) {
    switch sqlState.prefix(2) {
    case "08", "57", "58":
      (
        isWriting ? .rolledBack : .unavailable,
        "The PostgreSQL server ended the connection. Nothing was written; try again."
      )
    case "23": (.constraint, "A key is there already, or a constraint of the schema does not hold.")
    case "28": (.noAccess, "PostgreSQL did not let this role in. Check role and password.")
    case "3D": (.unavailable, "The PostgreSQL database does not exist. Create it.")
    case "40": (.rolledBack, "Another transaction was in the way. Nothing was written; try again.")
    case "53": (.overloaded, "The PostgreSQL server is short of memory or another resource. Try again shortly.")
    default: (.statement, "PostgreSQL did not accept a statement.")
    }
  }
}
