import Synchronization

/// Ends a call that takes too long.
///
/// ```swift
/// try await CallWatch.run(times, clock: clock, provider: name) { watch in
///   let head = try await send(request)
///   watch.awaitNextPiece()
/// }
/// ```
package final class CallWatch: Sendable {
  private let patience: Mutex<CallPatience>
  private let elapsed: @Sendable () -> Duration
  private let provider: String

  private init(_ times: CallTimes, provider: String, elapsed: @escaping @Sendable () -> Duration) {
    patience = Mutex(CallPatience(times))
    self.provider = provider
    self.elapsed = elapsed
  }

  /// Runs `body`, and cancels it when a time is over.
  ///
  /// - Throws: ``InferenceError/Kind/stalled``, or what `body` throws.
  package static func run<C: Clock<Duration>, Result: Sendable>(
    _ times: CallTimes, clock: C, provider: String, _ body: @escaping @Sendable (CallWatch) async throws -> Result
  ) async throws -> Result {
    let start = clock.now
    let watch = CallWatch(times, provider: provider) { start.duration(to: clock.now) }
    return try await withThrowingTaskGroup(of: Result.self) { group in
      group.addTask { try await body(watch) }
      group.addTask {
        while true { try await clock.sleep(until: start.advanced(by: try watch.nextLook()), tolerance: nil) }
      }
      defer { group.cancelAll() }
      guard let result = try await group.next() else { throw CancellationError() }
      return result
    }
  }

  /// A piece has come; the next is waited for.
  package func awaitNextPiece() { enter(.nextPiece) }

  /// The reason of the end has come; what follows it is waited for.
  package func awaitTrailer() { enter(.trailer) }

  /// Runs `body` with the provider's time standing still: it waits for the reader.
  package func pausing(_ body: () async throws -> Void) async throws {
    let before = patience.withLock { $0.phase }
    enter(.reader)
    try await body()
    enter(before)
  }

  private func enter(_ phase: CallPatience.Phase) {
    let now = elapsed()
    patience.withLock { $0.enter(phase, at: now) }
  }

  private func nextLook() throws -> Duration {
    let now = elapsed()
    return try patience.withLock { patience in
      if let error = patience.verdict(at: now, provider: provider) { throw error }
      return patience.nextLook(after: now)
    }
  }
}
