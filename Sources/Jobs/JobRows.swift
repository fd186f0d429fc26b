package import Storage
import StrictJSON
import Vocabulary

extension JobQueue {
  package static let migrations = [
    Migration(
      module: "jobs", number: 1, name: "create jobs",
      statements: [
        """
        CREATE TABLE jobs (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          kind TEXT NOT NULL,
          version BIGINT NOT NULL,
          arguments BLOB NOT NULL,
          unique_key TEXT,
          state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
          not_before BIGINT NOT NULL,
          attempts BIGINT NOT NULL,
          attempts_max BIGINT NOT NULL,
          crashes BIGINT NOT NULL,
          fence BIGINT NOT NULL,
          leased_until BIGINT,
          created_at BIGINT NOT NULL,
          ended_at BIGINT,
          last_error TEXT,
          PRIMARY KEY (workspace, id),
          UNIQUE (workspace, kind, unique_key)
        )
        """,
        "CREATE INDEX jobs_by_due ON jobs (workspace, state, not_before, id)",
      ])
  ]
}

/// A job that an attempt of this process has, or had.
struct ClaimedJob: Sendable {
  let lease: Lease
  let kind: String
  let version: Int
  let arguments: Sealed<JSON>
  let attemptsMax: Int
  let crashes: Int

  func openArguments() throws -> JSON {
    try arguments.open(
      with: lease.queue.sealer,
      at: SealedPlace(table: "jobs", column: "arguments", workspace: lease.workspace, row: lease.job.raw.bytes))
  }
}

struct ClaimRow: Decodable {
  let id: JobID
  let kind: String
  let version: Int
  let arguments: Sealed<JSON>
  let attempts: Int
  let attemptsMax: Int
  let crashes: Int
  let fence: Int64
}

struct JobRow: Decodable {
  let id: JobID
  let kind: String
  let state: JobState
  let attempts: Int
  let createdAt: Timestamp
  let notBefore: Timestamp
  let endedAt: Timestamp?
  let lastError: String?

  var job: Job {
    Job(
      id: id, kind: kind, state: state, attempts: attempts, createdAt: createdAt, notBefore: notBefore,
      endedAt: endedAt, lastError: lastError)
  }
}

extension JobError {
  static func leaseLost(_ lease: Lease) -> JobError {
    JobError(
      kind: .leaseLost,
      description: "Job \(lease.job) is not attempt \(lease.attempt)'s any more; nothing was written by it.")
  }

  static func notFound(_ id: JobID) -> JobError {
    JobError(kind: .notFound, description: "There is no job \(id) in this workspace.")
  }
}
