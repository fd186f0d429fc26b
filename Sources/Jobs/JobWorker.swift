package import Logging
import Storage
import Synchronization
package import Vocabulary

/// Runs the jobs of one workspace in this process, some at a time.
///
/// What is to become of a job is decided by ``JobRules``; this carries it out: claims, runs, renews leases, stops what was
/// cancelled or takes too long, and writes how it ended.
package final class JobWorker: Sendable {
  private let queue: JobQueue
  private let workspace: WorkspaceID
  private let handlers: [String: AnyJobHandler]
  private let slots: Int
  private let clock: any WallClock
  private let logger: Logger
  private let attempts = Mutex<[JobID: Attempt]>([:])

  private struct Attempt {
    let claimed: ClaimedJob
    let task: Task<Void, Never>
    let endsBefore: ContinuousClock.Instant
  }

  /// - Parameters:
  ///   - slots: jobs that run at the same time.
  ///   - clock: tells when a job is due.
  package init(
    queue: JobQueue, workspace: WorkspaceID, handlers: [any JobHandler], slots: Int = 4, clock: any WallClock,
    logger: Logger
  ) {
    self.queue = queue
    self.workspace = workspace
    self.handlers = Dictionary(
      handlers.map { handler in
        let erased = Self.erase(handler)
        return (erased.kind, erased)
      }, uniquingKeysWith: { $1 })
    self.slots = max(1, slots)
    self.clock = clock
    self.logger = logger
  }

  private static func erase(_ handler: some JobHandler) -> AnyJobHandler { AnyJobHandler(handler) }

  /// Works until it is cancelled. Attempts that run then are stopped, and their jobs are there for the next start.
  ///
  /// - Throws: what storage throws at the first look; later troubles are logged, and tried again.
  package func run() async throws {
    try await takeOver(leasedBefore: nil)
    let signals = queue.signals(for: workspace)
    let beats = Task { [queue, workspace] in
      while !Task.isCancelled {
        try await Task.sleep(for: .seconds(1))
        queue.wake(workspace)
      }
    }
    var nextRenewal = ContinuousClock.now + JobQueue.leaseTime / 3
    await withTaskCancellationHandler {
      for await _ in signals where !Task.isCancelled {
        stopOverdue()
        if ContinuousClock.now >= nextRenewal {
          nextRenewal = .now + JobQueue.leaseTime / 3
          await renew()
        }
        await claim()
      }
    } onCancel: {
      beats.cancel()
    }
    beats.cancel()
    let left = attempts.withLock { Array($0.values) }
    for attempt in left { attempt.task.cancel() }
    for attempt in left { await attempt.task.value }
  }

  /// Jobs that ran when their process ended: each is charged to its job and begun again, or given up.
  ///
  /// - Parameter limit: takes those whose lease ran out before; nil takes all, at a start, when nobody can have them.
  private func takeOver(leasedBefore limit: Timestamp?) async throws {
    try await queue.database.write("jobs.take-over", in: workspace) { [queue, handlers] transaction in
      for orphan in try queue.orphans(leasedBefore: limit, in: transaction) {
        try Self.settle(orphan, .crashed, queue, handlers, in: transaction)
      }
    }
  }

  private func claim() async {
    let free = slots - attempts.withLock { $0.count }
    guard free > 0 else { return }
    do {
      let now = clock.now()
      guard
        let due = try await queue.database.read("jobs.due", in: workspace, { [queue] in try queue.nextDue(in: $0) }),
        due <= now
      else { return }
      let claimed = try await queue.database.write("jobs.claim", in: workspace) { [queue] in
        try queue.claim(free, in: $0)
      }
      for job in claimed { begin(job) }
    } catch {
      logger.warning("Jobs could not be claimed: \(error)")
    }
  }

  private func begin(_ job: ClaimedJob) {
    let id = job.lease.job
    let limit = handlers[job.kind]?.timeLimit ?? .seconds(60)
    attempts.withLock { attempts in
      // Made under the lock, so that it is entered before it can take itself out.
      let task = Task { await self.attempt(job) }
      attempts[id] = Attempt(claimed: job, task: task, endsBefore: .now + limit)
      queue.onStop(of: id) { task.cancel() }
    }
  }

  private func attempt(_ job: ClaimedJob) async {
    let end = await outcome(of: job)
    // A task that was cancelled may not queue a write; this one is new.
    await Task { await self.settle(job, end) }.value
    queue.onStop(of: job.lease.job, nil)
    attempts.withLock { $0[job.lease.job] = nil }
    queue.wake(workspace)
  }

  private func outcome(of job: ClaimedJob) async -> JobRules.End {
    guard let handler = handlers[job.kind] else {
      return .outcome(.fail("Nothing here does jobs of the kind “\(job.kind)”."))
    }
    do {
      return .outcome(try await handler.run(job))
    } catch is CancellationError {
      return isOverdue(job) ? .threw("It took longer than \(handler.timeLimit).") : .released
    } catch {
      return .threw("\(error)")
    }
  }

  private func isOverdue(_ job: ClaimedJob) -> Bool {
    attempts.withLock { $0[job.lease.job].map { $0.endsBefore <= .now } ?? false }
  }

  private func settle(_ job: ClaimedJob, _ end: JobRules.End) async {
    do {
      try await queue.database.write("jobs.settle", in: workspace) { [queue, handlers] transaction in
        // Done with the handler's own last commit, cancelled, or taken over: it is settled.
        guard (try? queue.demand(job.lease, in: transaction)) != nil else { return }
        try Self.settle(job, end, queue, handlers, in: transaction)
      }
    } catch {
      // The lease runs out, and the job is begun again.
      logger.error("How job \(job.lease.job) ended could not be written: \(error)")
    }
  }

  private static func settle(
    _ job: ClaimedJob, _ end: JobRules.End, _ queue: JobQueue, _ handlers: [String: AnyJobHandler],
    in transaction: any Transaction
  ) throws {
    guard case .end(.failed, let reason) = try queue.settle(job, end, in: transaction) else { return }
    try handlers[job.kind]?.givenUp(job, reason ?? "It failed.", transaction)
  }

  private func stopOverdue() {
    for attempt in attempts.withLock({ Array($0.values) }) where attempt.endsBefore <= .now { attempt.task.cancel() }
  }

  private func renew() async {
    let leases = attempts.withLock { $0.values.map(\.claimed.lease) }
    do {
      let lost = try await queue.database.write("jobs.renew", in: workspace) { [queue] in
        try queue.renew(leases, in: $0)
      }
      for lease in lost { attempts.withLock { $0[lease.job]?.task }?.cancel() }
      try await takeOver(leasedBefore: clock.now())
    } catch {
      logger.warning("Leases could not be renewed: \(error)")
    }
  }
}
