import Dispatch
import Storage

/// Holds a body's thread until something has happened.
final class Latch: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func open() { semaphore.signal() }

  /// - Throws: after 20 seconds.
  func hold() throws {
    guard semaphore.wait(timeout: .now() + 20) == .success else {
      throw StorageError(.timedOut, "a body waited 20 seconds for the test")
    }
    semaphore.signal()
  }
}
