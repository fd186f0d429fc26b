import Synchronization

/// Ends calls that take too long, with one sleeper for all of them: a timer of its own would cost a short call more than what
/// it does.
///
/// ```swift
/// try await watches.run(times, provider: name) { watch in
///   let head = try await send(request)
///   watch.awaitNextPiece()
/// }
/// ```
package final class CallWatches: Sendable {
  private struct Watched {
    let watch: CallWatch
    let stop: @Sendable () -> Void
  }

  private struct State {
    var calls: [ObjectIdentifier: Watched] = [:]
    /// Nobody sleeps for calls that are not there: it ends when it finds none.
    var sleeper: (task: Task<Void, Never>, until: Duration)?
  }

  private let clock: Stopwatch
  private let state = Mutex(State())

  package init(_ clock: some Clock<Duration> = ContinuousClock()) { self.clock = Stopwatch(clock) }

  deinit { state.withLock { $0.sleeper?.task.cancel() } }

  /// Runs `body`, and cancels it when a time is over.
  ///
  /// - Parameter executor: where it runs; nil: anywhere.
  /// - Throws: ``InferenceError/Kind/stalled``, or what `body` throws.
  package func run<Result: Sendable>(
    _ times: CallTimes, provider: String, on executor: (any TaskExecutor)? = nil,
    _ body: @escaping @Sendable (CallWatch) async throws -> Result
  ) async throws -> Result {
    let watch = CallWatch(times, provider: provider, elapsed: clock.elapsed)
    let call = Task(executorPreference: executor) { try await body(watch) }
    begin(Watched(watch: watch, stop: { call.cancel() }))
    defer { end(watch) }
    do {
      return try await withTaskCancellationHandler {
        try await call.value
      } onCancel: {
        call.cancel()
      }
    } catch {
      throw watch.verdict ?? error
    }
  }

  private func begin(_ call: Watched) {
    guard let due = call.watch.look(at: clock.elapsed()) else { return call.stop() }
    state.withLock { state in
      state.calls[ObjectIdentifier(call.watch)] = call
      sleep(until: due, &state)
    }
  }

  private func end(_ watch: CallWatch) { state.withLock { $0.calls[ObjectIdentifier(watch)] = nil } }

  private func sleep(until due: Duration, _ state: inout State) {
    if let sleeper = state.sleeper, sleeper.until <= due { return }
    state.sleeper?.task.cancel()
    let task = Task { [weak self, clock] in
      // It is cancelled for a shorter sleep, or when there is nobody left to look.
      guard (try? await clock.sleepUntil(due)) != nil else { return }
      self?.look()
    }
    state.sleeper = (task, due)
  }

  private func look() {
    let calls = state.withLock { state in
      state.sleeper = nil
      return Array(state.calls.values)
    }
    let now = clock.elapsed()
    var next: Duration?
    for call in calls {
      guard let due = call.watch.look(at: now) else {
        call.stop()
        continue
      }
      next = min(next ?? due, due)
    }
    guard let next else { return }
    state.withLock { state in
      if !state.calls.isEmpty { sleep(until: next, &state) }
    }
  }
}
