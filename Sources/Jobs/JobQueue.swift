package import Storage
import StrictJSON
import Synchronization
package import Vocabulary

/// Durable work, kept in the database: a job is there if and only if the change that asked for it was committed.
///
/// `docs/formats/jobs.md` gives tables, states and what happens at every kind of end.
package final class JobQueue: Sendable {
  let database: any Database
  let sealer: any Sealer
  private let ids: any IDSource
  private let random: any RandomSource
  let rules: JobRules
  private let wakes = Mutex<[WorkspaceID: AsyncStream<Void>.Continuation]>([:])
  private let stops = Mutex<[JobID: @Sendable () -> Void]>([:])

  /// How long a claim holds without being renewed.
  static let leaseTime: Duration = .seconds(60)

  package init(
    database: any Database, sealer: any Sealer, ids: any IDSource, random: any RandomSource,
    rules: JobRules = JobRules()
  ) {
    self.database = database
    self.sealer = sealer
    self.ids = ids
    self.random = random
    self.rules = rules
  }

  // MARK: Asking

  /// Queues a job with the change that asks for it. It is begun after the commit, and is not there after a rollback.
  ///
  /// - Returns: its id; that of the one that is there when the draft has a unique key that is taken.
  @discardableResult
  package func enqueue(_ draft: JobDraft, in transaction: any Transaction) throws -> JobID {
    let workspace = transaction.workspace
    if let key = draft.uniqueKey, let there = try job(of: draft.kind, withKey: key, in: transaction) { return there }
    let id: JobID = ids.make()
    let due = max(draft.notBefore ?? transaction.time, transaction.time)
    try transaction.run(
      """
      INSERT INTO jobs (workspace, id, kind, version, arguments, unique_key, state, not_before, attempts, attempts_max,
        crashes, fence, created_at)
      VALUES (\(workspace), \(id), \(draft.kind), \(draft.version), \(try Sealed<JSON>.plain(draft.arguments)),
        \(draft.uniqueKey), \(JobState.queued.rawValue), \(due), 0, \(draft.attemptsMax), 0, 0, \(transaction.time))
      """)
    transaction.afterCommit { [weak self] in self?.wake(workspace) }
    return id
  }

  private func job(of kind: String, withKey key: String, in transaction: any ReadTransaction) throws -> JobID? {
    try transaction.value(
      "SELECT id FROM jobs WHERE workspace = \(transaction.workspace) AND kind = \(kind) AND unique_key = \(key)")
  }

  /// Ends a job that is queued or running. A running attempt can write nothing from this commit on, and is stopped after it.
  ///
  /// - Returns: whether this ended it; false when it had ended.
  /// - Throws: ``JobError`` `.notFound`.
  @discardableResult
  package func cancel(_ id: JobID, because reason: String, in transaction: any Transaction) throws -> Bool {
    guard let job = try job(id, in: transaction) else { throw JobError.notFound(id) }
    guard !job.state.isEnded else { return false }
    try end(id, as: .cancelled, because: reason, in: transaction)
    transaction.afterCommit { [weak self] in self?.stops.withLock { $0[id] }?() }
    return true
  }

  package func job(_ id: JobID, in transaction: any ReadTransaction) throws -> Job? {
    try transaction.first(
      """
      SELECT id, kind, state, attempts, created_at, not_before, ended_at, last_error FROM jobs
      WHERE workspace = \(transaction.workspace) AND id = \(id)
      """, as: JobRow.self)?.job
  }

  // MARK: For workers

  /// Claims up to `limit` jobs that are due, oldest first, for attempts of this process.
  func claim(_ limit: Int, in transaction: any Transaction) throws -> [ClaimedJob] {
    let rows = try transaction.rows(
      """
      SELECT id, kind, version, arguments, attempts, attempts_max, crashes, fence FROM jobs
      WHERE workspace = \(transaction.workspace) AND state = \(JobState.queued.rawValue)
        AND not_before <= \(transaction.time)
      ORDER BY not_before, id LIMIT \(limit)
      """, as: ClaimRow.self)
    return try rows.map { row in
      try transaction.run(
        """
        UPDATE jobs SET state = \(JobState.running.rawValue), attempts = \(row.attempts + 1), fence = \(row.fence + 1),
          leased_until = \(transaction.time.advanced(by: Self.leaseTime))
        WHERE workspace = \(transaction.workspace) AND id = \(row.id)
        """)
      return ClaimedJob(
        lease: Lease(
          job: row.id, workspace: transaction.workspace, attempt: row.attempts + 1, fence: row.fence + 1, queue: self),
        kind: row.kind, version: row.version, arguments: row.arguments, attemptsMax: row.attemptsMax,
        crashes: row.crashes)
    }
  }

  /// When the next queued job is due; nil when there is none.
  func nextDue(in transaction: any ReadTransaction) throws -> Timestamp? {
    try transaction.value(
      """
      SELECT not_before FROM jobs
      WHERE workspace = \(transaction.workspace) AND state = \(JobState.queued.rawValue)
      ORDER BY not_before LIMIT 1
      """)
  }

  /// Jobs that were running when their process ended: every running one at a start, those whose lease ran out later.
  func orphans(leasedBefore limit: Timestamp?, in transaction: any ReadTransaction) throws -> [ClaimedJob] {
    let all = limit ?? Timestamp(microseconds: .max)
    return try transaction.rows(
      """
      SELECT id, kind, version, arguments, attempts, attempts_max, crashes, fence FROM jobs
      WHERE workspace = \(transaction.workspace) AND state = \(JobState.running.rawValue) AND leased_until < \(all)
      ORDER BY id LIMIT 1000
      """, as: ClaimRow.self
    ).map { row in
      ClaimedJob(
        lease: Lease(
          job: row.id, workspace: transaction.workspace, attempt: row.attempts, fence: row.fence, queue: self),
        kind: row.kind, version: row.version, arguments: row.arguments, attemptsMax: row.attemptsMax,
        crashes: row.crashes)
    }
  }

  /// Prolongs leases; returns those that are lost.
  func renew(_ leases: [Lease], in transaction: any Transaction) throws -> [Lease] {
    try leases.filter { lease in
      try transaction.run(
        """
        UPDATE jobs SET leased_until = \(transaction.time.advanced(by: Self.leaseTime))
        WHERE workspace = \(transaction.workspace) AND id = \(lease.job) AND state = \(JobState.running.rawValue)
          AND fence = \(lease.fence)
        """) == 0
    }
  }

  /// Refuses an attempt that does not have its job any more.
  func demand(_ lease: Lease, in transaction: any ReadTransaction) throws {
    let there: Int64? = try transaction.value(
      """
      SELECT fence FROM jobs
      WHERE workspace = \(transaction.workspace) AND id = \(lease.job) AND state = \(JobState.running.rawValue)
      """)
    guard there == lease.fence else { throw JobError.leaseLost(lease) }
  }

  /// Writes what becomes of a job whose attempt ended.
  func settle(_ claimed: ClaimedJob, _ end: JobRules.End, in transaction: any Transaction) throws -> JobRules.Verdict {
    try demand(claimed.lease, in: transaction)
    let part = Double(random.bytes(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }) / Double(UInt32.max)
    let verdict = rules.verdict(
      on: end, attempt: claimed.lease.attempt, attemptsMax: claimed.attemptsMax, crashes: claimed.crashes,
      now: transaction.time, part: part)
    switch verdict {
    case .end(let state, let reason): try self.end(claimed.lease.job, as: state, because: reason, in: transaction)
    case .again(let time, let charged, let reason):
      try transaction.run(
        """
        UPDATE jobs SET state = \(JobState.queued.rawValue), not_before = \(time), leased_until = NULL,
          attempts = \(claimed.lease.attempt - (charged ? 0 : 1)), crashes = \(claimed.crashes + (end == .crashed ? 1 : 0)),
          last_error = \(reason)
        WHERE workspace = \(transaction.workspace) AND id = \(claimed.lease.job)
        """)
    }
    return verdict
  }

  /// Ends a job for good; its unique key is free again.
  func end(_ id: JobID, as state: JobState, because reason: String?, in transaction: any Transaction) throws {
    try transaction.run(
      """
      UPDATE jobs SET state = \(state.rawValue), ended_at = \(transaction.time), leased_until = NULL, unique_key = NULL,
        fence = fence + 1, last_error = \(reason)
      WHERE workspace = \(transaction.workspace) AND id = \(id)
      """)
  }

  // MARK: Signals within the process

  /// Wakes the worker of a workspace. A signal that waits is enough for any number.
  package func wake(_ workspace: WorkspaceID) { wakes.withLock { $0[workspace] }?.yield() }

  /// The signals of a workspace's worker; one worker a workspace in a process.
  func signals(for workspace: WorkspaceID) -> AsyncStream<Void> {
    let (signals, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    wakes.withLock { $0[workspace] = continuation }
    continuation.yield()
    return signals
  }

  func onStop(of job: JobID, _ stop: (@Sendable () -> Void)?) { stops.withLock { $0[job] = stop } }
}
