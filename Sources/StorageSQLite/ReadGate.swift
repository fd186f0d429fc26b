import Storage

/// Counts the reads that wait or run, and lets no more in at the bound or after closing.
struct ReadGate {
  private(set) var inside = 0
  private(set) var isClosed = false
  private let limit: Int
  var counts = (reads: 0, failed: 0)

  init(limit: Int) { self.limit = limit }

  mutating func enter() throws(StorageError) {
    guard !isClosed else { throw .closed }
    guard inside < limit else { throw .tooManyReads(limit) }
    inside += 1
  }

  mutating func leave(failed: Bool) {
    inside -= 1
    counts.reads += 1
    if failed { counts.failed += 1 }
  }

  mutating func close() { isClosed = true }
}
