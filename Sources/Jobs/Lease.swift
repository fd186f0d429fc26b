package import Storage
package import Vocabulary

/// The right of one attempt to write for its job. All that a handler can write through.
package struct Lease: Sendable {
  package let job: JobID
  package let workspace: WorkspaceID
  /// 1 for the first.
  package let attempt: Int
  /// Grows with every claim of the job. What carries an older one is refused.
  package let fence: Int64
  let queue: JobQueue

  /// Writes, if the job is still this attempt's; durable on return.
  ///
  /// - Throws: ``JobError`` `.leaseLost`, and nothing was written; what the body and storage throw.
  package func commit<T: Sendable>(
    _ label: StaticString, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await queue.database.write(label, in: workspace) { transaction in
      try queue.demand(self, in: transaction)
      return try body(transaction)
    }
  }

  /// Writes as ``commit(_:_:)`` does, and the job is done with the same commit: it is never begun again after it.
  package func finish<T: Sendable>(
    _ label: StaticString, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await commit(label, finishingWhen: { _ in true }, body)
  }

  /// Writes as ``commit(_:_:)`` does, and the job is done with the same commit when what was written was the last.
  package func commit<T: Sendable>(
    _ label: StaticString, finishingWhen isLast: @escaping @Sendable (T) -> Bool,
    _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    try await commit(label) { transaction in
      let value = try body(transaction)
      if isLast(value) { try queue.end(job, as: .done, because: nil, in: transaction) }
      return value
    }
  }

  /// Reads. What it sees may be old by the time it is used; decide in ``commit(_:_:)``.
  package func read<T: Sendable>(
    _ label: StaticString, _ body: @escaping @Sendable (any ReadTransaction) throws -> T
  ) async throws -> T {
    try await queue.database.read(label, in: workspace, body)
  }
}
