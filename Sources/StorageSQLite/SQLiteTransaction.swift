import Storage
import Vocabulary

/// What a body sees of a connection: its one transaction, as long as the body runs.
///
/// A failed statement ends the transaction, or the savepoint it stands in, also when the body swallows its error: further
/// statements get the same error, and so does the caller. PostgreSQL can do no other, so neither engine does.
///
/// Before each statement it asks whether SQLite still has the transaction. After `FULL`, `IOERR`, `NOMEM` or an interrupted
/// write it may be back in autocommit mode, where a body would go on to commit single rows behind everybody's back.
final class SQLiteTransaction: Transaction {
  let workspace: WorkspaceID
  let time: Timestamp
  /// What is to be done after the commit, in order.
  private(set) var actions: [@Sendable () -> Void] = []
  /// The first statement's failure that no savepoint has taken back.
  private(set) var failure: StorageError?

  private let connection: Connection
  private var isOver = false

  init(in workspace: WorkspaceID, at time: Timestamp, on connection: Connection) {
    self.workspace = workspace
    self.time = time
    self.connection = connection
  }

  /// The body ended: whoever kept the transaction gets an error from it.
  func end() { isOver = true }

  func forEachRow(_ sql: SQL, _ each: (SQLRow) throws -> Void) throws {
    try check()
    var isOwnError = false
    do {
      try connection.forEachRow(sql) { row in
        do { try each(row) } catch {
          isOwnError = true
          throw error
        }
      }
    } catch {
      if !isOwnError { fail(with: error) }
      throw error
    }
  }

  @discardableResult func run(_ sql: SQL) throws -> Int {
    try check()
    do { return try connection.run(sql) } catch {
      fail(with: error)
      throw error
    }
  }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    try check()
    try control(.mark)
    let actionsBefore = actions.count
    do {
      let value = try body()
      if let failure { throw failure }
      try control(.keep)
      return value
    } catch {
      actions.removeLast(actions.count - actionsBefore)
      // When the transaction is gone, so is the savepoint, and the failure stays.
      if connection.isInTransaction {
        try control(.undo)
        try control(.keep)
        failure = nil
      }
      throw error
    }
  }

  func afterCommit(_ action: @escaping @Sendable () -> Void) {
    guard !isOver else { return }
    actions.append(action)
  }

  private func control(_ control: TransactionControl) throws(StorageError) {
    do { try connection.run(control) } catch {
      failure = error.storageError(statement: control.rawValue)
      throw error.storageError(statement: control.rawValue)
    }
  }

  private func fail(with error: any Error) {
    failure = failure ?? (error as? StorageError)
  }

  private func check() throws(StorageError) {
    guard !isOver else { throw .bodyIsOver }
    if let failure { throw failure }
    guard connection.isInTransaction else { throw .transactionIsGone }
    guard !connection.timeLimit.isExceeded else {
      throw StorageError(.timedOut, "The body ran longer than it may. Nothing was written.")
    }
  }
}
