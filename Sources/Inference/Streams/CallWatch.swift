import Synchronization

/// Decides for one call when it has taken too long, as it is told what the call waits for. ``CallWatches`` makes it.
package final class CallWatch: Sendable {
  private struct State {
    var patience: CallPatience
    var verdict: InferenceError?
  }

  private let provider: String
  private let beginning: Duration
  private let elapsed: @Sendable () -> Duration
  private let state: Mutex<State>

  /// - Parameter elapsed: the time on the clock of whoever looks.
  init(_ times: CallTimes, provider: String, elapsed: @escaping @Sendable () -> Duration) {
    self.provider = provider
    self.elapsed = elapsed
    beginning = elapsed()
    state = Mutex(State(patience: CallPatience(times)))
  }

  /// A piece has come; the next is waited for.
  package func awaitNextPiece() { enter(.nextPiece) }

  /// The reason of the end has come; what follows it is waited for.
  package func awaitTrailer() { enter(.trailer) }

  /// Runs `body` with the provider's time standing still: it waits for the reader.
  package func pausing(_ body: () async throws -> Void) async throws {
    let before = state.withLock { $0.patience.phase }
    enter(.reader)
    try await body()
    enter(before)
  }

  private func enter(_ phase: CallPatience.Phase) {
    let now = elapsed() - beginning
    state.withLock { $0.patience.enter(phase, at: now) }
  }

  /// Why the call was to end; nil while it may go on.
  var verdict: InferenceError? { state.withLock { $0.verdict } }

  /// - Returns: when to look again, on the clock of `now`; nil when the call's time is over.
  func look(at now: Duration) -> Duration? {
    state.withLock { state in
      if state.verdict == nil { state.verdict = state.patience.verdict(at: now - beginning, provider: provider) }
      return state.verdict == nil ? beginning + state.patience.nextLook(after: now - beginning) : nil
    }
  }
}
