import GRDB
import Logging
import Storage
import Synchronization
import Vocabulary

/// Commits the work of many callers with one fsync: whatever queued while the last commit was on its way to the disk is
/// the next group. No timer, and a lone caller pays no delay.
///
/// What to do is decided by ``WriterState``, ``GroupPlan`` and ``CheckpointPlan``; this carries it out, on the pool's
/// writer queue, one turn at a time, so that a migration or a copy that waits for the same queue gets in between.
final class Writer: Sendable {
  private struct Shared {
    var state: WriterState<QueuedBody>
    var counts = SQLiteCounts()
    /// Resumed when nothing waits any more.
    var closers: [CheckedContinuation<Void, Never>] = []
  }

  let connection: Connection
  let checkpointer: Checkpointer
  private let shared: Mutex<Shared>
  private let pool: DatabasePool
  private let options: SQLiteOptions
  private let clock: any WallClock
  private let logger: Logger

  init(
    _ pool: DatabasePool, connection: Connection, checkpointer: Checkpointer, options: SQLiteOptions,
    clock: any WallClock, logger: Logger
  ) {
    self.pool = pool
    self.connection = connection
    self.checkpointer = checkpointer
    self.options = options
    self.clock = clock
    self.logger = logger
    shared = Mutex(
      Shared(
        state: WriterState(queue: options.queue, group: options.groupBodies, probeInterval: options.probeInterval)))
  }

  var health: WriterState<QueuedBody>.Health { shared.withLock { $0.state.health } }
  var isClosing: Bool { shared.withLock { $0.state.isClosing } }

  var counts: SQLiteCounts {
    shared.withLock { shared in
      var counts = shared.counts
      counts.waiting = shared.state.waiting.count
      return counts
    }
  }

  /// Queues `body`, or refuses it at once.
  func submit(_ body: QueuedBody) {
    switch shared.withLock({ $0.state.submit(body, at: .now) }) {
    case .waits: break
    case .schedule: schedule()
    case .refused(let error): body.fail(error)
    }
  }

  /// Takes nothing more, and returns when what waited has been answered.
  func close() async {
    await withCheckedContinuation { continuation in
      let isIdle = shared.withLock { shared in
        shared.state.close()
        guard !shared.state.isIdle else { return true }
        shared.closers.append(continuation)
        return false
      }
      if isIdle { continuation.resume() }
    }
  }

  private func schedule() {
    pool.asyncWriteWithoutTransaction { _ in self.takeTurn() }
  }

  private func takeTurn() {
    switch shared.withLock({ $0.state.takeTurn() }) {
    case .nothing: endTurn()
    case .probe: probe()
    case .commit(let bodies): commit(bodies)
    }
  }

  private func commit(_ bodies: [QueuedBody]) {
    let result = GroupCommit(connection: connection, clock: clock, options: options).commit(bodies)
    var refused: [QueuedBody] = []
    if let failure = result.failure { refused = met(failure, during: "a commit") }
    for action in result.actions { action() }
    for label in result.overdue { logger.warning("A write ran over its time.", metadata: ["body": "\(label)"]) }
    // Counted before anybody is answered, so that a caller finds its own write in the counts.
    count(result)
    for answer in result.answers { answer() }
    do { try checkpointer.checkpointIfDue() } catch { refused += met(error, during: "a checkpoint") }
    refuse(refused)
    endTurn(postponed: result.postponed)
  }

  private func probe() {
    var hasRoom = false
    var refused: [QueuedBody] = []
    do {
      try checkpointer.checkpointWhatIsFree()
      try SpaceProbe(connection: connection).write()
      hasRoom = true
      logger.notice("There is room on the disk again; writes go on.")
    } catch {
      if error.fault != .full { refused = met(error, during: "a probe for room") }
    }
    refused += shared.withLock { [hasRoom] in $0.state.probed(hasRoom: hasRoom, at: .now) }
    refuse(refused)
    endTurn()
  }

  /// Notes a fault that may concern everybody. Returns who is refused because of it.
  private func met(_ failure: SQLiteFailure, during what: String) -> [QueuedBody] {
    let before = health
    let reason = "the disk or the database failed in \(what) (\(failure.words))"
    let refused = shared.withLock { $0.state.met(failure.fault, reason: reason, at: .now) }
    let isWorse = before != health
    logger.log(
      level: isWorse ? .error : .warning, "Storage failed in \(what).",
      metadata: ["code": "\(failure.code)", "words": "\(failure.words)", "health": "\(health)"])
    return refused
  }

  private func refuse(_ bodies: [QueuedBody]) {
    guard !bodies.isEmpty else { return }
    let refusal = shared.withLock { $0.state.refusal }
    for body in bodies { body.fail(refusal) }
  }

  private func count(_ result: GroupCommit.Result) {
    let (copied, log) = (checkpointer.copiedPages, checkpointer.logPages)
    shared.withLock { shared in
      shared.counts.bodies += result.answers.count
      shared.counts.failedBodies += result.failedBodies
      shared.counts.largestGroup = max(shared.counts.largestGroup, result.answers.count)
      if result.isCommitted { shared.counts.commits += 1 }
      if result.failure != nil { shared.counts.lostGroups += 1 }
      shared.counts.checkpointPages = copied
      shared.counts.logPages = log
    }
  }

  private func endTurn(postponed: [QueuedBody] = []) {
    let closers: [CheckedContinuation<Void, Never>]? = shared.withLock { shared in
      guard !shared.state.endTurn(postponed: postponed) else { return nil }
      defer { shared.closers = [] }
      return shared.closers
    }
    guard let closers else { return schedule() }
    for closer in closers { closer.resume() }
  }
}
