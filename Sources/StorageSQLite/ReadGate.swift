import Storage

/// Counts the reads that wait or run, and lets no more in at the bound or after closing.
struct ReadGate {
  private(set) var inside = 0
  private(set) var isClosed = false
  /// Resumed when the last one has left a closed gate.
  private var closers: [CheckedContinuation<Void, Never>] = []
  private let limit: Int
  var counts = (reads: 0, failed: 0)

  init(limit: Int) { self.limit = limit }

  mutating func enter() throws(StorageError) {
    guard !isClosed else { throw .closed }
    guard inside < limit else { throw .tooManyReads(limit) }
    inside += 1
  }

  /// Returns who waited for the last one to leave, to be resumed.
  mutating func leave(failed: Bool) -> [CheckedContinuation<Void, Never>] {
    inside -= 1
    counts.reads += 1
    if failed { counts.failed += 1 }
    guard isClosed, inside == 0 else { return [] }
    defer { closers = [] }
    return closers
  }

  mutating func close() { isClosed = true }

  /// Whether `closer` has nobody to wait for; else it is kept until the last one leaves.
  mutating func isEmpty(or closer: CheckedContinuation<Void, Never>) -> Bool {
    guard inside > 0 else { return true }
    closers.append(closer)
    return false
  }
}
