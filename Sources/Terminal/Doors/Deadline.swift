/// The result of `work`, or an error when it takes longer than `limit`. The work is cancelled then, and waited for.
///
/// - Throws: ``DeadlineExceeded``, or what `work` throws.
func within<Result: Sendable>(
  _ limit: Duration, _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result.self) { group in
    group.addTask { try await work() }
    group.addTask {
      try await Task.sleep(for: limit)
      throw DeadlineExceeded()
    }
    defer { group.cancelAll() }
    guard let first = try await group.next() else { throw DeadlineExceeded() }
    return first
  }
}

struct DeadlineExceeded: Error {}
