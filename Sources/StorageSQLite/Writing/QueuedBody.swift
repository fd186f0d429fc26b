import Storage
import Vocabulary

/// A writing body that waits, with its types erased. It is answered exactly once: by what `run` returned, or by `fail`.
struct QueuedBody: Sendable {
  let label: StaticString
  let workspace: WorkspaceID
  /// Runs the body; what it returns answers the caller, to be called once the group is durable.
  let run: @Sendable (SQLiteTransaction) throws -> @Sendable () -> Void
  let fail: @Sendable (any Error) -> Void

  init<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any Transaction) throws -> T,
    answer: @escaping @Sendable (Result<T, any Error>) -> Void
  ) {
    self.label = label
    self.workspace = workspace
    run = { transaction in
      let value = try body(transaction)
      return { answer(.success(value)) }
    }
    fail = { answer(.failure($0)) }
  }
}
