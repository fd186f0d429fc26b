import Storage
package import Vocabulary

extension CallLedger {
  /// How long attempts are kept: a little more than the longest time that spending is shown for.
  package static let kept = Duration.seconds(400 * 86_400)
  /// Rows that one transaction forgets.
  private static let forgottenMax = 1_000

  /// Forgets attempts that have ended and were booked longer ago than ``kept``. What budgets count stays.
  ///
  /// - Returns: how many there were.
  @discardableResult
  package func forget(in workspace: WorkspaceID) async throws -> Int {
    var forgotten = 0
    while true {
      let count = try await database.write("calls.forget", in: workspace) { transaction in
        try Self.forget(before: transaction.time.advanced(by: .zero - Self.kept), in: transaction)
      }
      forgotten += count
      if count < Self.forgottenMax { return forgotten }
      try Task.checkCancellation()
    }
  }

  /// A state at a time, so that each is a range of the index.
  private static func forget(before: Timestamp, in transaction: any Transaction) throws -> Int {
    var forgotten = 0
    for state in ModelCallRow.State.allCases where state != .reserved {
      forgotten += try transaction.run(
        """
        DELETE FROM model_calls WHERE workspace = \(transaction.workspace) AND id IN (
          SELECT id FROM model_calls
          WHERE workspace = \(transaction.workspace) AND state = \(state.rawValue) AND at < \(before)
          LIMIT \(forgottenMax - forgotten))
        """)
    }
    return forgotten
  }
}
