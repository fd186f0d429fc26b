import GRDB
import Logging
package import Storage
import Synchronization
package import Vocabulary

/// The embedded engine: one SQLite file in the data folder, in WAL mode, with `synchronous=FULL`.
///
/// Writes go through one connection, which commits in groups (see ``Writer``) and answers after the fsync. Reads go through
/// a few others, each on a snapshot, and neither holds up the other.
package final class SQLiteDatabase: Storage.Database {
  let path: String
  let pool: DatabasePool
  let connections: Connections
  let writer: Writer
  let options: SQLiteOptions
  let clock: any WallClock
  let logger: Logger
  let isScratch: Bool
  private let gate: Mutex<ReadGate>

  /// See `open` and `scratch`.
  init(
    path: String, pool: DatabasePool, connections: Connections, writer: Writer, options: SQLiteOptions,
    clock: any WallClock, logger: Logger, isScratch: Bool
  ) {
    self.path = path
    self.pool = pool
    self.connections = connections
    self.writer = writer
    self.options = options
    self.clock = clock
    self.logger = logger
    self.isScratch = isScratch
    gate = Mutex(ReadGate(limit: options.queue))
  }

  package func write<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try Task.checkCancellation()
    guard options.mode == .readWrite else {
      throw StorageError(.readOnly, "The database \(path) was opened for reading only.")
    }
    return try await withCheckedThrowingContinuation { continuation in
      writer.submit(QueuedBody(label, in: workspace, body) { continuation.resume(with: $0) })
    }
  }

  package func read<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any ReadTransaction) throws -> T
  ) async throws -> T {
    try Task.checkCancellation()
    try gate.withLock { gate throws(StorageError) in try gate.enter() }
    return try await withCheckedThrowingContinuation { continuation in
      pool.asyncRead { database in
        let result = Result { try self.read(label, in: workspace, body, on: database) }
        let closers = self.gate.withLock { $0.leave(failed: result.isFailure) }
        continuation.resume(with: result)
        for closer in closers { closer.resume() }
      }
    }
  }

  /// One that nobody closed takes its file with it if the file was made to be thrown away.
  deinit {
    if isScratch { DatabaseFile.remove(path) }
  }

  /// - Parameter database: as GRDB hands it out, in a transaction.
  private func read<T>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: (any ReadTransaction) throws -> T,
    on database: Result<GRDB.Database, any Error>
  ) throws -> T {
    let connection = try connections[database.mapError(StorageError.init(ofGRDB:)).get()]
    let transaction = SQLiteTransaction(in: workspace, at: clock.now(), on: connection)
    connection.timeLimit.start(options.readLimit)
    let result = Result {
      let value = try body(transaction)
      if let failure = transaction.failure { throw failure }
      return value
    }
    transaction.end()
    connection.timeLimit.stop()
    // Whatever the body made of it.
    guard !connection.timeLimit.wasExceeded else {
      logger.warning("A read ran over its time.", metadata: ["body": "\(label)"])
      throw StorageError.timedOut(label, after: options.readLimit)
    }
    return try result.get()
  }

  package var health: DatabaseHealth {
    if writer.isClosing { return .readOnly(reason: "the database is closed") }
    guard options.mode == .readWrite else { return .readOnly(reason: "the database was opened for reading only") }
    switch writer.health {
    case .ready: return .ready
    case .full: return .full
    case .readOnly(let reason): return .readOnly(reason: reason)
    }
  }

  /// Counters since it was opened.
  package var counts: SQLiteCounts {
    var counts = writer.counts
    (counts.reads, counts.failedReads) = gate.withLock { $0.counts }
    return counts
  }

  /// Takes no further bodies, answers those that wait, copies the log into the database and lets go of the file. What is
  /// called later gets `unavailable`. Further calls do nothing, and do not wait for the first.
  ///
  /// - Throws: ``StorageError`` when the log could not be copied; it lies beside the database then, and nothing is lost.
  package func close() async throws(StorageError) {
    let isFirst = gate.withLock { gate in
      defer { gate.close() }
      return !gate.isClosed
    }
    guard isFirst else { return }
    await writer.close()
    await withCheckedContinuation { closer in
      if gate.withLock({ $0.isEmpty(or: closer) }) { closer.resume() }
    }
    let failure = await onWriterQueue(barrier: true) { [self] _ in
      var failure: StorageError?
      if options.mode == .readWrite, writer.health == .ready {
        do throws(SQLiteFailure) { try writer.checkpointer.checkpointAll() } catch { failure = error.storageError() }
      }
      connections.close()
      return failure
    }
    do {
      try await detached { [pool] in
        // Readers first: the last to close takes the log's file away, and a reader may not.
        pool.releaseMemory()
        try pool.close()
      }
    } catch {
      logger.warning("The database was not closed as it should be.", metadata: ["error": "\(error)"])
    }
    if isScratch { DatabaseFile.remove(path) }
    if let failure { throw failure }
  }

  /// Runs `work` between two groups, with no reader at work if it is a barrier.
  func onWriterQueue<T: Sendable>(
    barrier: Bool = false, _ work: @escaping @Sendable (Connection) -> T
  ) async -> T {
    await withCheckedContinuation { continuation in
      if barrier {
        pool.asyncBarrierWriteWithoutTransaction { _ in continuation.resume(returning: work(self.writer.connection)) }
      } else {
        pool.asyncWriteWithoutTransaction { _ in continuation.resume(returning: work(self.writer.connection)) }
      }
    }
  }
}

extension Result {
  fileprivate var isFailure: Bool {
    if case .failure = self { true } else { false }
  }
}
