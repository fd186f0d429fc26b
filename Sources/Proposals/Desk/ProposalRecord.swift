package import Operations
package import StrictJSON
package import Vocabulary

package enum NamedProposal {}
/// Names a proposal that was executed, or tried; journal rows carry it.
package typealias ProposalID = Identifier<NamedProposal>

/// What became of a proposal, as it is kept and shown.
package struct ProposalRecord: Codable, Sendable, Hashable {
  package enum Outcome: String, Codable, Sendable, CaseIterable {
    case executed
    /// A required operation failed once dice lay on the table: nothing of it was done.
    case failed = "execution_failed"
  }

  /// What became of one operation.
  package struct Step: Codable, Sendable, Hashable {
    package let operation: String
    package let status: PlanResult.Status
    package let display: OperationDisplay?
    package let output: JSON?
    package let journal: JournalReference?
    package let errors: [ProposalFault]
  }

  package let id: ProposalID
  /// What it is about: `campaigns/salt_road`.
  package let subject: String
  package let proposedBy: String
  package let at: Timestamp
  package let outcome: Outcome
  package let operations: [Step]
  /// The place of the operation that failed; nil when it was executed.
  package let abortedAt: Int?
  package let failure: String?

  init(
    _ id: ProposalID, on subject: String, by principal: Principal, at time: Timestamp, _ result: PlanResult,
    of proposal: Proposal
  ) {
    self.id = id
    self.subject = subject
    proposedBy = principal.name
    at = time
    outcome = result.isExecuted ? .executed : .failed
    operations = result.steps.map { Step($0, of: proposal) }
    abortedAt = result.abortedAt
    failure = result.failure?.message
  }
}

extension ProposalRecord.Step {
  init(_ step: PlanResult.Step, of proposal: Proposal) {
    operation = step.operation
    status = step.status
    display = step.performed?.display
    output = step.performed?.output
    journal = step.performed?.row
    errors = step.errors.map { ProposalFault($0, in: proposal) }
  }
}

/// What a check of a proposal found, as it is shown.
package struct ProposalReport: Codable, Sendable, Hashable {
  package struct Step: Codable, Sendable, Hashable {
    package let operation: String
    package let status: Rehearsal.Status
    /// With sample dice, never the coming ones.
    package let display: OperationDisplay?
    package let output: JSON?
  }

  /// Whether it would be executed now, as far as dice do not decide.
  package let isExecutable: Bool
  package let operations: [Step]
  package let faults: [ProposalFault]

  init(_ report: ProposalChecker.Report) {
    isExecutable = report.plan != nil
    operations = report.rehearsal.steps.map {
      Step(operation: $0.operation, status: $0.status, display: $0.display, output: $0.output)
    }
    faults = report.faults
  }

  init(_ faults: [ProposalFault]) {
    isExecutable = false
    operations = []
    self.faults = faults
  }
}
