import Dispatch

@testable import StorageSQLite

/// Holds a thread that is not a task's until the test opens it.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func wait() { semaphore.wait() }
  func open() { semaphore.signal() }
}

extension SQLiteDatabase {
  /// Holds the writer's queue until `gate` is opened. It is held when this returns, so that whatever is written from then on
  /// waits; the task ends with the hold.
  func hold(until gate: Gate) async -> Task<Void, Never> {
    let (isHeld, begun) = AsyncStream.makeStream(of: Void.self)
    let held = Task {
      await onWriterQueue { _ in
        begun.finish()
        gate.wait()
      }
    }
    for await _ in isHeld {}
    return held
  }
}
