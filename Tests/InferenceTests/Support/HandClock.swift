import Synchronization

/// A clock that a test moves. Who sleeps wakes when it is moved there.
final class HandClock: Clock {
  struct Instant: InstantProtocol {
    let time: Duration
    func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
    func duration(to other: Instant) -> Duration { other.time - time }
    static func < (a: Instant, b: Instant) -> Bool { a.time < b.time }
  }

  private struct State {
    var now = Duration.zero
    var sleepers: [Int: (deadline: Duration, wake: CheckedContinuation<Void, any Error>)] = [:]
    var numbers = 0
  }

  private let state = Mutex(State())
  private let slept = AsyncStream.makeStream(of: Duration.self)

  var now: Instant { Instant(time: state.withLock { $0.now }) }
  var minimumResolution: Duration { .zero }
  /// How often somebody began to sleep.
  var sleeps: Int { state.withLock { $0.numbers } }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let number = state.withLock { state in
      state.numbers += 1
      return state.numbers
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { wake in
        let isDue = state.withLock { state in
          guard state.now < deadline.time, !Task.isCancelled else { return true }
          state.sleepers[number] = (deadline.time, wake)
          return false
        }
        slept.continuation.yield(deadline.time)
        guard isDue else { return }
        wake.resume(with: Result { try Task.checkCancellation() })
      }
    } onCancel: {
      state.withLock { $0.sleepers.removeValue(forKey: number) }?.wake.resume(throwing: CancellationError())
    }
  }

  /// Waits until somebody sleeps until then, and moves the clock there.
  func advance(toSleeper deadline: Duration) async {
    for await time in slept.stream where time == deadline { break }
    move(to: deadline)
  }

  func advance(by duration: Duration) { move(to: now.time + duration) }

  private func move(to time: Duration) {
    let due = state.withLock { state in
      state.now = time
      let due = state.sleepers.filter { $0.value.deadline <= time }
      for number in due.keys { state.sleepers.removeValue(forKey: number) }
      return due.values.map(\.wake)
    }
    for wake in due { wake.resume() }
  }
}
