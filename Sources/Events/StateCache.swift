import Synchronization
package import Vocabulary

/// A value for each workspace that is made of a part of its state, kept in memory until that part changes.
package final class StateCache<Value: Sendable>: Sendable {
  private struct State {
    var values: [WorkspaceID: Value] = [:]
    var changes: UInt64 = 0
  }

  private let workspacesMax: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - part: see ``StateWatch/watch(_:_:)``.
  ///   - workspacesMax: with values for so many workspaces, all are forgotten before one more is kept.
  package init(of part: String, told watch: StateWatch, workspacesMax: Int = 64) {
    self.workspacesMax = workspacesMax
    watch.watch(part) { [weak self] workspace in self?.forget(workspace) }
  }

  /// The value as the last commit left it.
  ///
  /// - Parameter load: makes it of a snapshot that is read when `load` is called.
  /// - Throws: what `load` throws; nothing is kept then.
  package func value(in workspace: WorkspaceID, _ load: () async throws -> Value) async throws -> Value {
    let (kept, changes) = state.withLock { ($0.values[workspace], $0.changes) }
    if let kept { return kept }
    let value = try await load()
    state.withLock { state in
      // What has changed since may not be in it.
      guard state.changes == changes else { return }
      if state.values.count >= workspacesMax { state.values = [:] }
      state.values[workspace] = value
    }
    return value
  }

  private func forget(_ workspace: WorkspaceID) {
    state.withLock { state in
      state.values[workspace] = nil
      state.changes += 1
    }
  }
}
