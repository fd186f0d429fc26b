import Logging
import Storage
import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a transaction of a body came to its end without a value.
private enum Ending: Error {
  /// What the caller is told.
  case failed(any Error)
  /// Another transaction was in the way: run the body again.
  case conflict(StorageError)
  /// The session was already dead when it was to be used: nothing has happened.
  case stale(StorageError)
}

extension PostgresDatabase {
  /// Runs a writing body on the slot's thread, again after a conflict.
  func write<T>(_ body: Body<T>, on slot: Slot) throws -> T {
    let value = try repeating(body, on: slot) { session throws(Ending) in
      try attempt(body, on: session, isWriting: true)
    }
    noteDisk(isFull: false)
    return value
  }

  /// Runs a reading body on the slot's thread.
  func read<T>(_ body: Body<T>, on slot: Slot) throws -> T {
    try repeating(body, on: slot) { session throws(Ending) in try attempt(body, on: session, isWriting: false) }
  }

  private func repeating<T>(
    _ body: Body<T>, on slot: Slot, _ attempt: (Session) throws(Ending) -> T
  ) throws -> T {
    var hasReconnected = false
    var attempts = 0
    while true {
      let session = try session(on: slot)
      defer { if !session.isUsable { slot.session = nil } }
      do {
        return try attempt(session)
      } catch .failed(let error) {
        if let error = error as? StorageError { note(error, of: body) }
        throw error
      } catch .stale(let error) {
        // The server was restarted since the session was last used. Once: then it is the server's doing.
        guard !hasReconnected else { throw error }
        hasReconnected = true
      } catch .conflict(let error) {
        attempts += 1
        guard attempts < options.attemptsMax else {
          note(error, of: body)
          throw error
        }
        pause(beforeAttempt: attempts)
      }
    }
  }

  private func attempt<T>(_ body: Body<T>, on session: Session, isWriting: Bool) throws(Ending) -> T {
    let deadline = Deadline.after(isWriting ? options.writeLimit : options.readLimit)
    do {
      try session.execute(
        isWriting ? "BEGIN ISOLATION LEVEL SERIALIZABLE" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        by: deadline)
    } catch {
      let failure = abandon(session, after: error).storageError(isWriting: isWriting)
      throw if case .late = error { .failed(failure) } else { .stale(failure) }
    }
    let transaction = PostgresTransaction(
      in: body.workspace, at: clock.now(), on: session, by: deadline, isWriting: isWriting)
    let result = Result { try body.run(transaction) }
    let actions = transaction.end()
    do {
      let value = try result.get()
      if let failure = transaction.unresolvedFailure { throw failure }
      guard !deadline.isOver else { throw PostgresFault.late.storageError(isWriting: isWriting) }
      try commit(session, isWriting: isWriting)
      for action in actions { action() }
      return value
    } catch let ending as Ending {
      throw ending
    } catch {
      if let fault = transaction.fault {
        _ = abandon(session, after: fault)
        // The body may have turned the conflict into an error of its own; it saw what it should not have seen.
        if fault.isConflict { throw .conflict(fault.storageError(isWriting: isWriting)) }
      } else {
        rollBack(session)
      }
      throw .failed(error)
    }
  }

  private func commit(_ session: Session, isWriting: Bool) throws(Ending) {
    do {
      let tag = try session.execute("COMMIT", by: .after(options.commitLimit))
      guard tag == "COMMIT" else {
        throw Ending.failed(StorageError(.rolledBack, "PostgreSQL rolled the transaction back. Nothing was written."))
      }
    } catch let ending as Ending {
      throw ending
    } catch let fault as PostgresFault {
      // An error that left the session alive is PostgreSQL's word that the transaction is aborted.
      if case .refused = fault, fault.leavesSession {
        let failure = fault.storageError(isWriting: isWriting)
        throw fault.isConflict ? .conflict(failure) : .failed(failure)
      }
      session.giveUp()
      guard isWriting else { throw .failed(fault.storageError(isWriting: false)) }
      throw .failed(
        StorageError(
          .outcomeUnknown,
          "PostgreSQL did not answer the commit. Whether the rows are there is not known: ask by the idempotency key.",
          underlying: "\(fault)"))
    } catch {
      throw .failed(error)
    }
  }

  /// Brings the session back into a state in which the next body can use it, or gives it up.
  private func abandon(_ session: Session, after fault: PostgresFault) -> PostgresFault {
    if fault == .late {
      connector.stop(session)
      guard session.settle(by: .after(.seconds(1))) else { return fault }
    }
    rollBack(session)
    return fault
  }

  private func rollBack(_ session: Session) {
    guard session.isUsable else { return }
    do {
      try session.execute("ROLLBACK", by: .after(.seconds(2)))
    } catch {
      session.giveUp()
    }
  }

  private func note<T>(_ error: StorageError, of body: Body<T>) {
    switch error.kind {
    case .full: noteDisk(isFull: true)
    case .outcomeUnknown, .timedOut, .rolledBack, .unavailable, .damaged, .readOnly:
      logger.warning("a body failed", metadata: ["body": "\(body.label)", "reason": "\(error)"])
    default: break
    }
  }

  /// Holds the slot's own thread, which has nothing else to do.
  private func pause(beforeAttempt attempt: Int) {
    let pause = Pause.of(attempt: attempt, first: .milliseconds(2), max: .milliseconds(200), jitter: jitter())
    usleep(UInt32(pause / .microseconds(1)))
  }
}
