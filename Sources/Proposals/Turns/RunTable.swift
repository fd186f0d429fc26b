import Jobs
import Operations
package import Storage
import StrictJSON
import Vocabulary

/// The table of runs.
struct RunTable: Sendable {
  let sealer: any Sealer

  /// A run that was just begun.
  ///
  /// - Parameter job: does the work.
  func insert(
    _ run: Run, job: JobID, key: String?, fingerprint: [UInt8], in transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO runs (workspace, id, subject, number, active, job, idempotency_key, fingerprint, created_at, content)
      VALUES (\(transaction.workspace), \(run.id), \(run.subject), \(run.number), \(run.subject), \(job), \(key),
        \(fingerprint), \(run.createdAt), \(try Sealed<Run>.plain(run)))
      """)
  }

  /// - Parameter job: the one that goes on with it; nil leaves the one that is noted.
  func update(_ run: Run, job: JobID? = nil, in transaction: any Transaction) throws {
    let active: String? = run.isEnded ? nil : run.subject
    try transaction.run(
      """
      UPDATE runs SET active = \(active), content = \(try Sealed<Run>.plain(run))
      WHERE workspace = \(transaction.workspace) AND id = \(run.id)
      """)
    guard let job else { return }
    try transaction.run(
      "UPDATE runs SET job = \(job) WHERE workspace = \(transaction.workspace) AND id = \(run.id)")
  }

  func run(_ id: RunID, in state: any ReadTransaction) throws -> Run? {
    try first("id = \(id)", in: state).map { try open($0, in: state) }
  }

  /// The job that works, or worked last, on a run.
  func job(of id: RunID, in state: any ReadTransaction) throws -> JobID? {
    try state.value("SELECT job FROM runs WHERE workspace = \(state.workspace) AND id = \(id)")
  }

  /// The run that has not ended, of a subject.
  func active(on subject: String, in state: any ReadTransaction) throws -> RunID? {
    try state.value("SELECT id FROM runs WHERE workspace = \(state.workspace) AND active = \(subject)")
  }

  /// The run that came with a key before.
  ///
  /// - Throws: ``OperationError`` `.keyReused` when it was another one.
  func run(withKey key: String, fingerprint: [UInt8], in state: any ReadTransaction) throws -> Run? {
    guard let row = try first("idempotency_key = \(key)", in: state) else { return nil }
    guard row.fingerprint == fingerprint else {
      throw OperationError(
        .keyReused, "This idempotency key was used for another turn. Use a new key for a new act.")
    }
    return try open(row, in: state)
  }

  /// Runs of a subject, newest first.
  ///
  /// - Parameter earlier: only runs of greater numbers.
  func runs(
    on subject: String, before number: Int64?, after earlier: Int64 = 0, limit: Int, in state: any ReadTransaction
  ) throws -> [Run] {
    try state.rows(
      """
      SELECT id, fingerprint, content FROM runs
      WHERE workspace = \(state.workspace) AND subject = \(subject) AND number < \(number ?? .max) AND number > \(earlier)
      ORDER BY number DESC LIMIT \(limit)
      """, as: Row.self
    ).map { try open($0, in: state) }
  }

  /// The number of the next run of a subject.
  func nextNumber(on subject: String, in state: any ReadTransaction) throws -> Int64 {
    let last: Int64? = try state.value(
      """
      SELECT number FROM runs WHERE workspace = \(state.workspace) AND subject = \(subject)
      ORDER BY number DESC LIMIT 1
      """)
    return (last ?? 0) + 1
  }

  private struct Row: Decodable {
    let id: RunID
    let fingerprint: [UInt8]
    let content: Sealed<Run>
  }

  private func first(_ condition: SQL, in state: any ReadTransaction) throws -> Row? {
    try state.first(
      "SELECT id, fingerprint, content FROM runs WHERE workspace = \(state.workspace) AND \(condition)", as: Row.self)
  }

  private func open(_ row: Row, in state: any ReadTransaction) throws -> Run {
    try row.content.open(
      with: sealer,
      at: SealedPlace(table: "runs", column: "content", workspace: state.workspace, row: row.id.raw.bytes))
  }
}

extension TurnDesk {
  package static let migrations = [
    Migration(
      module: "runs", number: 1, name: "create runs",
      statements: [
        // `active` holds the subject while the run has not ended, so that there is one at a time.
        """
        CREATE TABLE runs (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          subject TEXT NOT NULL,
          number BIGINT NOT NULL,
          active TEXT,
          job BLOB NOT NULL,
          idempotency_key TEXT,
          fingerprint BLOB NOT NULL,
          created_at BIGINT NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (workspace, id),
          UNIQUE (workspace, subject, number),
          UNIQUE (workspace, active),
          UNIQUE (workspace, idempotency_key)
        )
        """
      ]),
    SummaryTable.migration,
  ]
}
