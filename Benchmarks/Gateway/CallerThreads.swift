import Dispatch
import Foundation
import Synchronization

/// Runs callers that wait in the kernel, each on a thread of its own.
enum CallerThreads {
  private struct State<Result: Sendable>: Sendable {
    var results: [Result] = []
    var failure: (any Error)?
  }

  /// Returns when all have ended, with what they returned.
  ///
  /// - Throws: the first of their errors.
  static func run<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (_ caller: Int) throws -> Result
  ) async throws -> [Result] {
    let state = Shared(State<Result>())
    await withCheckedContinuation { continuation in
      let group = DispatchGroup()
      for caller in 0..<count {
        group.enter()
        let thread = Thread {
          do {
            let result = try body(caller)
            state.mutex.withLock { $0.results.append(result) }
          } catch {
            state.mutex.withLock { $0.failure = $0.failure ?? error }
          }
          group.leave()
        }
        thread.stackSize = 1 << 20
        thread.start()
      }
      group.notify(queue: .global()) { continuation.resume() }
    }
    if let failure = state.mutex.withLock({ $0.failure }) { throw failure }
    return state.mutex.withLock { $0.results }
  }

  private final class Shared<Value: Sendable>: Sendable {
    let mutex: Mutex<Value>
    init(_ value: Value) { mutex = Mutex(value) }
  }
}
