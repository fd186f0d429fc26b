import Storage
import Vocabulary

/// What a body sees while it runs on a slot's thread. A reading body gets one too, as ``ReadTransaction``; the server
/// refuses what it writes.
///
/// After a failed statement PostgreSQL takes nothing more until a rollback. So the first failure is kept: later
/// statements throw it again, and the savepoint or write around it throws it even when the body swallowed it.
final class PostgresTransaction: Transaction {
  let workspace: WorkspaceID
  let time: Timestamp
  /// Nil when the body is over.
  private var session: Session?
  private let deadline: Deadline
  private let isWriting: Bool
  private var savepointDepth = 0
  private var actions: [@Sendable () -> Void] = []
  /// The failure that nothing has rolled back yet.
  private(set) var fault: PostgresFault?
  private var failure: StorageError?

  init(in workspace: WorkspaceID, at time: Timestamp, on session: Session, by deadline: Deadline, isWriting: Bool) {
    self.workspace = workspace
    self.time = time
    self.session = session
    self.deadline = deadline
    self.isWriting = isWriting
  }

  func forEachRow(_ sql: SQL, _ each: (SQLRow) throws -> Void) throws {
    for row in try result(of: sql).rows { try each(row) }
  }

  @discardableResult
  func run(_ sql: SQL) throws -> Int { try result(of: sql).changedRows }

  func savepoint<T>(_ body: () throws -> T) throws -> T {
    let name = "arbiter_\(savepointDepth + 1)"
    try keepingFailure { session throws(PostgresFault) in try session.execute("SAVEPOINT \(name)", by: deadline) }
    savepointDepth += 1
    defer { savepointDepth -= 1 }
    let actionCount = actions.count
    do {
      let value = try body()
      try keepingFailure { session throws(PostgresFault) in
        try session.execute("RELEASE SAVEPOINT \(name)", by: deadline)
      }
      return value
    } catch {
      actions.removeSubrange(min(actionCount, actions.count)...)
      rollBack(to: name)
      throw error
    }
  }

  func afterCommit(_ action: @escaping @Sendable () -> Void) {
    guard session != nil else { return }
    actions.append(action)
  }

  /// Ends the body: from now on every verb throws. Returns what is to run after the commit.
  func end() -> [@Sendable () -> Void] {
    session = nil
    return actions
  }

  /// The failure that the body may have swallowed, as its caller is told it; nil when all statements went well.
  var unresolvedFailure: StorageError? { failure }

  private func result(of sql: SQL) throws(StorageError) -> SessionResult {
    do {
      try Dialect.check(sql.values)
    } catch {
      if failure == nil, session != nil { failure = error }
      throw failure ?? error
    }
    return try keepingFailure { session throws(PostgresFault) in try session.run(sql, by: deadline) }
  }

  /// Runs `work` unless something failed before, and keeps its failure.
  @discardableResult
  private func keepingFailure<R>(_ work: (Session) throws(PostgresFault) -> R) throws(StorageError) -> R {
    guard let session else {
      throw StorageError(.statement, "The transaction is over: it must not leave its body.")
    }
    if let failure { throw failure }
    do throws(PostgresFault) {
      guard !deadline.isOver else { throw .late }
      return try work(session)
    } catch {
      fault = error
      let failure = error.storageError(isWriting: isWriting)
      self.failure = failure
      throw failure
    }
  }

  /// Goes back to a savepoint after its body threw. A failure that a savepoint cannot undo stays.
  private func rollBack(to name: String) {
    guard let session else { return }
    if let fault, fault.isConflict || !fault.leavesSession { return }
    do {
      try session.execute("ROLLBACK TO SAVEPOINT \(name); RELEASE SAVEPOINT \(name)", by: deadline)
      fault = nil
      failure = nil
    } catch {
      fault = error
      failure = error.storageError(isWriting: isWriting)
    }
  }
}
