import Synchronization

/// Where the server really listens, known once it does.
package final class ListeningAddress: Sendable {
  private let state = Mutex<Int?>(nil)

  package init() {}

  /// Nil before the server listens.
  package var port: Int? { state.withLock { $0 } }
  func note(port: Int?) { state.withLock { $0 = port } }
}
