package import Vocabulary

/// What a reading body sees: one snapshot of one workspace's database.
///
/// Deliberately not `Sendable`: it cannot leave its body, and bodies are synchronous, so no body can wait for a model, a
/// socket or a person.
package protocol ReadTransaction: AnyObject {
  /// Whose rows the body works on. Statements name it themselves, first in every condition.
  var workspace: WorkspaceID { get }
  /// One instant for the whole transaction, from the injected clock.
  var time: Timestamp { get }
  /// Runs a query and hands each row to `each`, in order.
  ///
  /// - Throws: ``StorageError``, or what `each` throws, which ends the query.
  func forEachRow(_ sql: SQL, _ each: (SQLRow) throws -> Void) throws
}

/// What a writing body sees. Only `Database.write` makes one.
///
/// A statement that fails ends the innermost savepoint it stands in, or the transaction when it stands in none: a body does
/// not go on after it. PostgreSQL refuses every further statement; what SQLite would still do is not relied on.
package protocol Transaction: ReadTransaction {
  /// Runs a statement and returns the number of rows it changed.
  @discardableResult func run(_ sql: SQL) throws -> Int
  /// Runs `body`; when it throws, everything it wrote is rolled back and the error passed on, and the transaction is as it
  /// was before. Savepoints nest.
  func savepoint<T>(_ body: () throws -> T) throws -> T
  /// Runs `action` once, after the commit is on the disk and before the writer is answered; never after a rollback.
  /// Actions of one transaction run in the order they were added, those of several in the order of their commits. An
  /// action must be short and must not wait: everybody's next commit stands behind it.
  func afterCommit(_ action: @escaping @Sendable () -> Void)
}

/// A database: SQLite in the data folder, or PostgreSQL.
///
/// `write` returns after the fsync. Its body may run more than once (on PostgreSQL after a serialization failure; on SQLite
/// when somebody else's body in the same group ran into its time limit), so it must not touch anything but the transaction.
package protocol Database: Sendable {
  /// Runs `body` in a transaction and returns its result once that is durable.
  ///
  /// When `body` throws, what it wrote is rolled back and its error passed on. Cancellation is looked at before the body
  /// is queued and never after: from then on the answer is the truth.
  ///
  /// - Parameter label: names the body in metrics and logs.
  /// - Throws: ``StorageError``; `outcomeUnknown` when the commit itself failed and only the idempotency key can tell.
  func write<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T

  /// Runs `body` on a snapshot. Readers never hold up the writer, nor it them.
  func read<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any ReadTransaction) throws -> T
  ) async throws -> T

  /// Whether writes are accepted now.
  var health: DatabaseHealth { get }
}

/// What a database can do for its callers at this moment.
package enum DatabaseHealth: Sendable, Hashable {
  case ready
  /// The disk or the database is full. Reads work; a write is tried again by itself, and works once there is room.
  case full
  /// An I/O error was met, after which what the disk says is worth nothing. Reads work; writes do after a restart.
  case readOnly(reason: String)
}

extension ReadTransaction {
  /// All rows of a query. For results that the schema bounds; otherwise give the statement a `LIMIT`.
  package func rows(_ sql: SQL) throws -> [SQLRow] {
    var rows: [SQLRow] = []
    try forEachRow(sql) { rows.append($0) }
    return rows
  }

  /// All rows of a query, decoded by column name (see ``SQLRowDecoder``).
  package func rows<Row: Decodable>(_ sql: SQL, as: Row.Type) throws -> [Row] {
    var rows: [Row] = []
    try forEachRow(sql) { rows.append(try SQLRowDecoder.decode(Row.self, from: $0)) }
    return rows
  }

  /// The first row of a query, decoded; nil when there is none.
  package func first<Row: Decodable>(_ sql: SQL, as: Row.Type) throws -> Row? {
    try rows(sql).first.map { try SQLRowDecoder.decode(Row.self, from: $0) }
  }

  /// The first column of the first row; nil when there is no row.
  package func value<Value: SQLReadable>(_ sql: SQL, as: Value.Type = Value.self) throws -> Value? {
    guard let row = try rows(sql).first, let column = row.columns.first else { return nil }
    return try row.get(column, as: Value.self)
  }
}
