import Foundation

extension Process {
  /// Waits until the process has ended. `waitUntilExit` turns a run loop of its own thread and now and then misses the end
  /// (Swift 6.3 on Linux, seen 2026-11); asking again and again does not.
  func ended(within limit: Duration = .seconds(20)) async -> Bool {
    let end = ContinuousClock.now + limit
    while isRunning {
      guard ContinuousClock.now < end else { return false }
      // Asked on although the test was stopped: what it started has to be gone.
      try? await Task.sleep(for: .milliseconds(10))
    }
    return true
  }

  /// Asks the process to end, and makes it when it does not.
  func end() async {
    guard isRunning else { return }
    terminate()
    if await ended() { return }
    kill(processIdentifier, SIGKILL)
    _ = await ended()
  }
}
