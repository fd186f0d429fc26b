package import Logging
package import Storage
import Synchronization
package import Vocabulary

/// A database in a schema of a PostgreSQL server, through a pool of connections.
///
/// **Isolation.** A write is `SERIALIZABLE`: bodies are written as if they were alone, which on SQLite they are, so write
/// skew must not be possible either. A read is one snapshot, `REPEATABLE READ READ ONLY`; it never waits for a writer.
///
/// **One writer a workspace.** Within a process the bodies of a workspace run one after the other (``WorkQueue``), because
/// each of them writes the workspace's journal head and would only conflict; different workspaces run at once. That is
/// speed and order, not correctness: against other processes stands the isolation, and a body that runs into a conflict
/// (40001, 40P01) runs again, at most `attemptsMax` times with growing, jittered pauses.
///
/// **After the commit.** Actions run before the body is answered and before the workspace's next body starts: within this
/// process they run in the order of commits for each workspace. Between workspaces there is no order, and other processes
/// are told nothing.
///
/// **What is lost when.** Before COMMIT was sent, a lost connection is `.rolledBack`. When the answer to COMMIT does not
/// come, the outcome is unknown, and the error says so. A server that is silent for `silence` is asked on another
/// connection; when that does not answer either, every waiting call ends and later ones are refused at once, until the
/// server answers again.
package final class PostgresDatabase: Database {
  package let options: PostgresOptions
  let connector: Connector
  let clock: any WallClock
  let logger: Logger
  private let random: any RandomSource
  private let slots: [Slot]
  private let state: Mutex<PoolState>

  struct PoolState {
    var queue: WorkQueue<@Sendable (Slot) -> Void>
    var reconnection = Reconnection()
    var isFull = false
    var isClosed = false
    /// Who waits for the last body to end.
    var closing: [CheckedContinuation<Void, Never>] = []
  }

  /// Makes the pool and connects once, so that a wrong address, role or server is told now.
  ///
  /// - Throws: ``StorageError`` `.unavailable`, `.noAccess`, `.readOnly` (the server is not durable) or `.statement` (it is
  ///   too old, or not UTF-8).
  package static func open(
    _ options: PostgresOptions, clock: any WallClock, random: any RandomSource, logger: Logger
  ) async throws -> PostgresDatabase {
    let connector = try Connector(options: options, logger: logger)
    let database = PostgresDatabase(connector: connector, clock: clock, random: random, logger: logger)
    try await database.submit(.read) { slot in _ = try database.session(on: slot) }
    return database
  }

  private init(connector: Connector, clock: any WallClock, random: any RandomSource, logger: Logger) {
    self.connector = connector
    options = connector.options
    self.clock = clock
    self.random = random
    self.logger = logger
    let queue = WorkQueue<@Sendable (Slot) -> Void>(
      slotCount: options.connectionsMax, waitingMax: options.waitingMax)
    slots = (0..<queue.slotCount).map(Slot.init)
    state = Mutex(PoolState(queue: queue))
  }

  package func write<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try Task.checkCancellation()
    return try await submit(.write(workspace)) { [self] slot in
      try write(Body(label: label, workspace: workspace, run: body), on: slot)
    }
  }

  package func read<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any ReadTransaction) throws -> T
  ) async throws -> T {
    try Task.checkCancellation()
    return try await submit(.read) { [self] slot in
      try read(Body(label: label, workspace: workspace, run: { try body($0) }), on: slot)
    }
  }

  /// While the server cannot be reached this is `readOnly` with that reason, though reads fail too.
  package var health: DatabaseHealth {
    state.withLock { state in
      if state.isClosed { return .readOnly(reason: "the database is closed") }
      if let reason = state.reconnection.reason { return .readOnly(reason: "PostgreSQL cannot be reached: \(reason)") }
      return state.isFull ? .full : .ready
    }
  }

  /// Takes no more bodies, lets those that wait and run come to their end, and closes the connections.
  package func close() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        state.isClosed = true
        if !state.queue.isIdle { state.closing.append(continuation) }
        return state.queue.isIdle
      }
      if isIdle { continuation.resume() }
    }
    for slot in slots {
      await withCheckedContinuation { continuation in
        slot.perform { slot in
          slot.session = nil
          continuation.resume()
        }
      }
    }
  }
}

/// A body with what logs call it.
struct Body<T: Sendable>: Sendable {
  let label: StaticString
  let workspace: WorkspaceID
  let run: @Sendable (any Transaction) throws -> T
}

// MARK: - The pool

extension PostgresDatabase {
  /// Queues `work` and returns what it gives.
  private func submit<T: Sendable>(
    _ kind: WorkQueue<@Sendable (Slot) -> Void>.Kind, _ work: @escaping @Sendable (Slot) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let refusal: StorageError? = state.withLock { state in
        guard !state.isClosed else { return StorageError(.unavailable, "The database is closed.") }
        let isAccepted = state.queue.submit(kind) { [self] slot in
          let result = Result { try work(slot) }
          finished(kind, on: slot)
          continuation.resume(with: result)
        }
        guard !isAccepted else { return nil }
        return StorageError(
          .overloaded,
          "\(options.waitingMax) bodies wait for the database already. Nothing was written; try again shortly.")
      }
      if let refusal {
        continuation.resume(throwing: refusal)
      } else {
        startWaiting()
      }
    }
  }

  private func startWaiting() {
    while let start = state.withLock({ $0.queue.next() }) { slots[start.slot].perform(start.work) }
  }

  private func finished(_ kind: WorkQueue<@Sendable (Slot) -> Void>.Kind, on slot: Slot) {
    let closing = state.withLock { state in
      state.queue.finished(kind, on: slot.number)
      guard state.isClosed, state.queue.isIdle else { return [CheckedContinuation<Void, Never>]() }
      defer { state.closing = [] }
      return state.closing
    }
    startWaiting()
    for continuation in closing { continuation.resume() }
  }

  /// The slot's session, made when there is none. Refuses at once while the server is believed down.
  func session(on slot: Slot) throws(StorageError) -> Session {
    let verdict = state.withLock { $0.reconnection.ask(at: .now) }
    if case .refuse(let reason) = verdict {
      throw StorageError(.unavailable, "PostgreSQL cannot be reached. Try again.", underlying: reason)
    }
    let isDown = state.withLock { $0.reconnection.reason != nil }
    // While it is believed down, a session from before says nothing: knock anew.
    if let session = slot.session, session.isUsable, !isDown { return session }
    slot.session = nil
    do {
      let session = try connector.connect(
        liveness: Session.Liveness(silence: options.silence) { [self] in isServerAlive() })
      slot.session = session
      noteAnswer()
      return session
    } catch {
      noteFailure(error.underlying ?? error.message)
      throw error
    }
  }

  private func isServerAlive() -> Bool {
    // One that is believed down already need not be asked by everybody who waits.
    if state.withLock({ $0.reconnection.reason != nil }) { return false }
    let isAlive = connector.isServerAlive()
    if !isAlive { noteFailure("the server has stopped answering") }
    return isAlive
  }

  private func noteAnswer() {
    if state.withLock({ $0.reconnection.succeeded() }) { logger.notice("PostgreSQL answers again") }
  }

  private func noteFailure(_ reason: String) {
    let jitter = jitter()
    if state.withLock({ $0.reconnection.failed(reason, at: .now, jitter: jitter) }) {
      logger.error("PostgreSQL cannot be reached", metadata: ["reason": "\(reason)"])
    }
  }

  func noteDisk(isFull: Bool) {
    state.withLock { $0.isFull = isFull }
  }

  /// From 0 to 1.
  func jitter() -> Double {
    Double(random.bytes(2).reduce(0) { $0 << 8 | UInt($1) }) / 65_535
  }
}
