import Synchronization

/// Counts what the cache of answers found, and did not find, since the process began.
package final class CacheTally: Sendable {
  package struct Counts: Sendable, Hashable, Codable {
    /// Answers that were given again.
    package var hits = 0
    package var misses = 0
    /// Answers that were there and could not be opened or read; they are misses, too.
    package var damaged = 0
    /// Reads and writes that the database refused.
    package var failures = 0
  }

  private let state = Mutex(Counts())

  package init() {}

  package var counts: Counts { state.withLock { $0 } }

  func note(_ change: (inout Counts) -> Void) { state.withLock { change(&$0) } }
}
