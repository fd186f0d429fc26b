/// What a caller can do about a database that did not do as asked.
package struct StorageError: Error, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Too many bodies wait. Nothing was written; try again shortly.
    case overloaded
    /// The whole transaction was rolled back through no fault of this body. Nothing was written; try again.
    case rolledBack
    /// The commit failed. Whether the rows are there is not known: ask by the idempotency key before repeating.
    case outcomeUnknown
    /// An earlier write met an I/O error: nothing is accepted until a restart.
    case readOnly
    /// No room on the disk. Nothing was written; it works again once there is room.
    case full
    /// The body or statement ran longer than it may. Nothing was written.
    case timedOut
    /// A key is there already, or a constraint of the schema does not hold.
    case constraint
    /// A row does not hold what the code expects of it.
    case decoding
    /// The statement itself is wrong: our mistake.
    case statement
    /// The database cannot be reached (PostgreSQL) or is closed. Nothing was written.
    case unavailable
    /// The database was written by a newer Arbiter.
    case newerSchema
    /// A released migration is not what it was when it ran here.
    case changedMigration
    /// The file is not a database, or is damaged.
    case damaged
    /// Another process holds the data folder.
    case locked
    /// The folder or file may not be read or written by this account.
    case noAccess
  }

  package let kind: Kind
  /// A sentence: what was wrong, with which value, and what to do. Never a secret, never a bound value.
  package let message: String
  /// The engine's own words and code, for the log.
  package let underlying: String?

  package init(_ kind: Kind, _ message: String, underlying: String? = nil) {
    self.kind = kind
    self.message = message
    self.underlying = underlying
  }

  package static func decoding(_ message: String) -> StorageError { StorageError(.decoding, message) }

  /// Whether the same call may succeed later without anybody changing it.
  package var isRetryable: Bool {
    switch kind {
    case .overloaded, .rolledBack, .full, .timedOut, .unavailable: true
    case .outcomeUnknown, .readOnly, .constraint, .decoding, .statement, .newerSchema, .changedMigration, .damaged,
      .locked, .noAccess:
      false
    }
  }

  package var description: String { underlying.map { "\(message) (\($0))" } ?? message }
}
