import GRDBSQLite

/// Ends a statement that runs past a moment.
///
/// SQLite asks it every few thousand steps of its virtual machine (`sqlite3_progress_handler`, which GRDB leaves alone), so
/// a statement ends within a millisecond or so of its limit; what a body does outside of statements is looked at when it
/// comes to its next one. The clock stands still while the machine sleeps.
///
/// Only the thread that has the connection uses it.
final class TimeLimit {
  private var end: SuspendingClock.Instant?
  /// Whether something was refused or ended since `start`. Stays so when the body swallows the error.
  private(set) var wasExceeded = false

  /// Puts itself in `handle`, which must not outlive it.
  init(on handle: OpaquePointer) {
    let steps: CInt = 4_000
    sqlite3_progress_handler(
      handle, steps,
      { context in
        guard let context else { return 0 }
        return Unmanaged<TimeLimit>.fromOpaque(context).takeUnretainedValue().isExceeded ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func start(_ limit: Duration) {
    end = .now.advanced(by: limit)
    wasExceeded = false
  }

  func stop() { end = nil }

  /// Asked before each statement and during long ones.
  var isExceeded: Bool {
    guard let end, SuspendingClock.Instant.now >= end else { return false }
    wasExceeded = true
    return true
  }
}
