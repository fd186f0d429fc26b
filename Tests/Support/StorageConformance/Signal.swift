import Dispatch
import Synchronization

/// Something that happens once. Bodies wait for it on their thread, cases without one.
final class Signal: Sendable {
  private struct State {
    var hasFired = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let semaphore = DispatchSemaphore(value: 0)

  /// Lets everybody who waits go on, now and later.
  func fire() {
    let waiting = state.withLock { state in
      state.hasFired = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
    semaphore.signal()
  }

  /// Suspends until the signal.
  func wait() async {
    await withCheckedContinuation { continuation in
      let hasFired = state.withLock { state in
        if !state.hasFired { state.waiting.append(continuation) }
        return state.hasFired
      }
      if hasFired { continuation.resume() }
    }
  }

  /// Holds the thread until the signal. For bodies, which are synchronous.
  ///
  /// - Throws: ``ConformanceFailure`` after 20 seconds.
  func hold() throws {
    guard semaphore.wait(timeout: .now() + 20) == .success else {
      throw ConformanceFailure("a body waited 20 seconds for a signal")
    }
    semaphore.signal()
  }
}
