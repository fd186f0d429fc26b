import Inference
import Synchronization

/// Keeps which answer was found for a call, until its headers are written.
final class FoundAnswer: Sendable {
  private let state = Mutex<StoredAnswer?>(nil)

  var answer: StoredAnswer? { state.withLock { $0 } }

  func note(_ answer: StoredAnswer) { state.withLock { $0 = answer } }
}
