/// Decides when the write-ahead log is copied into the database, and how hard to try.
///
/// SQLite's automatic checkpoint runs inside `COMMIT`, so that a caller waits for it, and swallows its errors, so that a
/// failing disk would stay unseen. Here the writer does it between two groups.
///
/// What bounds the log: from `pages` on a checkpoint is tried that waits for nobody. It copies what no reader's snapshot
/// needs, and the log starts over at the next write unless a reader is still using it. Readers that overlap for ever would
/// let it grow without end. So from 8 times `pages` on the writer waits a moment for those that are reading, and from 16
/// times on as long as a reader may take: every snapshot then open has ended by then, and new ones read the database
/// alone. The log therefore stays below 16 times `pages` and one group (64,000 pages or 250 MiB by default). Only a
/// foreign process that keeps a snapshot open can make it grow further.
struct CheckpointPlan {
  enum Step: Equatable {
    case nothing
    /// Copy what can be copied without waiting.
    case passive
    /// Wait at most so long for those who read the log, copy all of it, and start it over.
    case restart(waiting: Duration)
  }

  private let pages: Int
  private let readLimit: Duration
  /// Pages in the log after the last commit.
  private(set) var logPages = 0
  private var nextAt: Int

  init(pages: Int, readLimit: Duration) {
    self.pages = max(1, pages)
    self.readLimit = readLimit
    nextAt = self.pages
  }

  /// A commit left this many pages in the log.
  mutating func committed(logPages: Int) {
    if logPages < self.logPages { nextAt = pages }  // It started over.
    self.logPages = logPages
  }

  var next: Step {
    guard logPages >= nextAt else { return .nothing }
    if logPages >= pages * 16 { return .restart(waiting: readLimit) }
    if logPages >= pages * 8 { return .restart(waiting: .milliseconds(100)) }
    return .passive
  }

  /// A step was carried out, with whatever success. The next one is worth it when more has been written.
  mutating func tried() { nextAt = logPages + pages }
}
