/// A clock as waiting needs it.
struct Stopwatch: Sendable {
  /// The time since this was made.
  let elapsed: @Sendable () -> Duration
  /// - Throws: `CancellationError`.
  let sleep: @Sendable (Duration) async throws -> Void
  /// Until so much time has passed since this was made.
  ///
  /// - Throws: `CancellationError`.
  let sleepUntil: @Sendable (Duration) async throws -> Void

  init<C: Clock<Duration>>(_ clock: C) {
    let start = clock.now
    elapsed = { start.duration(to: clock.now) }
    sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
    sleepUntil = { try await clock.sleep(until: start.advanced(by: $0), tolerance: nil) }
  }
}
