package import StrictJSON

/// What became of a proposal's operations.
package struct PlanResult: Sendable {
  package enum Status: String, Codable, Sendable, CaseIterable {
    case executed
    /// It was not required, and what it refers to had no result.
    case skipped
    /// It failed. When it was not required the others went on.
    case refused
    /// It had been carried out when a later one failed, and was taken back with the whole batch.
    case rolledBack = "rolled_back"
    case notReached = "not_reached"
  }

  package struct Step: Sendable, Hashable {
    package let operation: String
    package let status: Status
    package let performed: Performed?
    package let errors: [FieldError]
  }

  package let steps: [Step]
  /// The place of the required step that failed; nil when the batch stands.
  package let abortedAt: Int?
  /// Why it was given up. Nothing of it was done; what was drawn is used up and in the journal.
  package let failure: OperationError?

  package var isExecuted: Bool { abortedAt == nil }
}
