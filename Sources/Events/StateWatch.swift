package import Storage
import Synchronization
package import Vocabulary

/// Tells this process that journalled state has changed: after the commit, and before whoever made the change is answered.
/// What keeps something of the state in memory lets go of it here, so that the next call sees the change.
///
/// Changes of other processes are not told, and there are none: whoever writes a database has its folder's lock.
package final class StateWatch: Sendable {
  private let watchers = Mutex<[String: [@Sendable (WorkspaceID) -> Void]]>([:])

  /// Runs `note` after each commit that changed a part of the state.
  ///
  /// - Parameters:
  ///   - part: the first word of the keys that changes touch: `models`.
  ///   - note: everybody's next commit stands behind it. Kept as long as the watch is.
  package func watch(_ part: String, _ note: @escaping @Sendable (WorkspaceID) -> Void) {
    watchers.withLock { $0[part, default: []].append(note) }
  }

  /// The transaction changes these parts. Nobody hears of it unless it commits.
  package func changed(_ parts: Set<String>, in transaction: any Transaction) {
    let workspace = transaction.workspace
    transaction.afterCommit { [self] in
      let notes = watchers.withLock { watchers in parts.flatMap { watchers[$0] ?? [] } }
      for note in notes { note(workspace) }
    }
  }
}
