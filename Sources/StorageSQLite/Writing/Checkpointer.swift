import GRDBSQLite

/// Carries a ``CheckpointPlan`` out on the writer's connection.
///
/// `@unchecked Sendable`: as ``Connection``, only used by the thread that has the writer's connection.
final class Checkpointer: @unchecked Sendable {
  private let connection: Connection
  private var plan: CheckpointPlan
  /// Pages copied into the database so far.
  private(set) var copiedPages = 0
  /// How many pages of the present log are copied already.
  private var copiedOfLog = 0

  /// Takes checkpoints over from SQLite: its hook replaces `wal_autocheckpoint`.
  init(on connection: Connection, plan: CheckpointPlan) {
    self.connection = connection
    self.plan = plan
    // The hook is taken out by `Connection.close`, before this object can go.
    sqlite3_wal_hook(
      connection.handle,
      { context, _, _, pages in
        if let context {
          Unmanaged<Checkpointer>.fromOpaque(context).takeUnretainedValue().plan.committed(logPages: Int(pages))
        }
        return SQLITE_OK
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// Pages in the log after the last commit.
  var logPages: Int { plan.logPages }

  /// Between two groups: checkpoints if it is time to.
  ///
  /// - Throws: what the disk said. That a reader or the space stood in the way is no error: the log keeps everything.
  func checkpointIfDue() throws(SQLiteFailure) {
    switch plan.next {
    case .nothing: return
    case .passive: try checkpoint(SQLITE_CHECKPOINT_PASSIVE)
    case .restart(let patience): try checkpoint(SQLITE_CHECKPOINT_RESTART, waiting: patience)
    }
  }

  /// Copies the whole log, and empties its file if nobody reads it.
  func checkpointAll() throws(SQLiteFailure) { try checkpoint(SQLITE_CHECKPOINT_TRUNCATE) }

  /// Copies what can be copied, so that the log's room is used again.
  func checkpointWhatIsFree() throws(SQLiteFailure) { try checkpoint(SQLITE_CHECKPOINT_PASSIVE) }

  private func checkpoint(_ mode: CInt, waiting patience: Duration = .zero) throws(SQLiteFailure) {
    plan.tried()
    sqlite3_busy_timeout(connection.handle, patience.wholeMilliseconds)
    defer { sqlite3_busy_timeout(connection.handle, Connection.patience.wholeMilliseconds) }
    var log: CInt = 0
    var copied: CInt = 0
    let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, mode, &log, &copied)
    copiedPages += max(0, Int(copied) - (Int(copied) < copiedOfLog ? 0 : copiedOfLog))
    copiedOfLog = max(0, Int(copied))
    guard code != SQLITE_OK else { return }
    let failure = SQLiteFailure(of: connection.handle)
    switch failure.fault {
    case .disk, .damaged: throw failure
    case .constraint, .statement, .busy, .interrupted, .full, .memory, .access: return
    }
  }
}

extension Duration {
  /// Rounded down, within what SQLite takes.
  var wholeMilliseconds: CInt {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
    return overflow ? (seconds < 0 ? 0 : .max) : CInt(clamping: max(0, whole) + attoseconds / 1_000_000_000_000_000)
  }
}
