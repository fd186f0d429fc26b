package import Storage
import StrictJSON
package import Vocabulary

extension OperationRunner {
  /// Carries a proposal's operations out: all of them or none, save for steps that are not required.
  ///
  /// There is no idempotency key: the caller notes in the same transaction that the proposal was decided.
  ///
  /// - Throws: what storage throws. Failure of an operation is a value, because the transaction then commits the attempt.
  package func perform(_ plan: PlannedBatch, in transaction: any Transaction) throws -> PlanResult {
    var attempt = Attempt()
    var allowance = DrawAllowance()
    var steps: [PlanResult.Step] = []
    do {
      try transaction.savepoint {
        var head = try journal.head(in: transaction)
        for index in plan.steps.indices {
          steps.append(
            try perform(
              stepAt: index, of: plan, outputs: steps.map { $0.performed?.output }, &head, &attempt, &allowance,
              transaction))
        }
      }
      return PlanResult(steps: steps, abortedAt: nil, failure: nil)
    } catch let abort as Abort {
      let error = try kept(attempt, abort.error, plan, in: transaction)
      return .aborted(plan, at: abort.index, after: steps, error, errors: abort.errors)
    }
  }

  /// A required step failed.
  private struct Abort: Error {
    let index: Int
    let error: OperationError
    let errors: [FieldError]
  }

  private func perform(
    stepAt index: Int, of plan: PlannedBatch, outputs: [JSON?], _ head: inout Journal.Head, _ attempt: inout Attempt,
    _ allowance: inout DrawAllowance, _ transaction: any Transaction
  ) throws -> PlanResult.Step {
    let step = plan.steps[index]
    let name = step.operation.facts.name
    var drawn = Attempt()
    do {
      guard let input = try step.boundInput(outputs) else {
        guard step.isRequired else {
          return PlanResult.Step(operation: name, status: .skipped, performed: nil, errors: [])
        }
        throw OperationError(.refused, "It refers to a step that was skipped or refused.")
      }
      let prepared = try step.operation.prepare(input)
      let before = head
      let done = try transaction.savepoint {
        try perform(
          prepared, as: plan.principal, key: nil, proposal: plan.proposal, after: before, attempt: &drawn,
          allowance: &allowance, in: transaction)
      }
      attempt.add(drawn)
      head = done.head
      return PlanResult.Step(operation: name, status: .executed, performed: done.performed, errors: [])
    } catch {
      attempt.add(drawn)
      let error = try OperationError(outcome: error)
      let errors = step.located(error, at: index)
      guard !step.isRequired else { throw Abort(index: index, error: error, errors: errors) }
      if drawn.hasDrawn {
        head = try keep(
          drawn, error.message, as: plan.principal, key: nil, proposal: plan.proposal, after: head, in: transaction)
      }
      return PlanResult.Step(operation: name, status: .refused, performed: nil, errors: errors)
    }
  }

  /// The error to tell once the batch is rolled back and what was drawn is kept.
  private func kept(
    _ attempt: Attempt, _ error: OperationError, _ plan: PlannedBatch, in transaction: any Transaction
  ) throws -> OperationError {
    guard attempt.hasDrawn else { return error }
    let head = try keep(
      attempt, error.message, as: plan.principal, key: nil, proposal: plan.proposal,
      after: try journal.head(in: transaction), in: transaction)
    return .executionFailed(error.message, row: head.number)
  }

  /// What a proposal would do: the same code in a savepoint that is rolled back, with dice from a forked stream.
  ///
  /// All faults are found at once. A step that refers to one that failed is not checked: its fault would only be the other's
  /// again.
  ///
  /// - Parameter steps: each with the name it goes by; nil where the caller knows already why there is none.
  package func rehearse(
    _ steps: [(name: String, step: PlannedBatch.Step?)], as principal: Principal, in transaction: any Transaction
  ) throws -> Rehearsal {
    struct RolledBack: Error { let rehearsal: Rehearsal }
    do {
      return try transaction.savepoint { () throws -> Rehearsal in
        var done: [Rehearsal.Step] = []
        var head = try journal.head(in: transaction)
        var allowance = DrawAllowance()
        for (index, (name, step)) in steps.enumerated() {
          guard let step else {
            done.append(Rehearsal.Step(operation: name, status: .refused, output: nil, display: nil, errors: []))
            continue
          }
          done.append(
            try rehearse(
              step, at: index, as: principal, outputs: done.map(\.output), after: &head, allowance: &allowance,
              in: transaction))
        }
        throw RolledBack(rehearsal: Rehearsal(steps: done))
      }
    } catch let end as RolledBack { return end.rehearsal }
  }

  /// What a plan would do.
  package func rehearse(_ plan: PlannedBatch, in transaction: any Transaction) throws -> Rehearsal {
    try rehearse(
      plan.steps.map { ($0.operation.facts.name, $0) }, as: plan.principal, in: transaction)
  }

  private func rehearse(
    _ step: PlannedBatch.Step, at index: Int, as principal: Principal, outputs: [JSON?], after head: inout Journal.Head,
    allowance: inout DrawAllowance, in transaction: any Transaction
  ) throws -> Rehearsal.Step {
    let name = step.operation.facts.name
    do {
      guard let input = try step.boundInput(outputs) else {
        return Rehearsal.Step(operation: name, status: .notChecked, output: nil, display: nil, errors: [])
      }
      let before = head
      let decision = try transaction.savepoint {
        try rehearse(
          try step.operation.prepare(input), as: principal, after: before, allowance: &allowance, in: transaction)
      }
      head = head.next
      return Rehearsal.Step(
        operation: name, status: .executed, output: decision.output, display: decision.shown, errors: [])
    } catch {
      return Rehearsal.Step(
        operation: name, status: .refused, output: nil, display: nil,
        errors: step.located(try OperationError(outcome: error), at: index))
    }
  }
}

extension PlanResult {
  fileprivate static func aborted(
    _ plan: PlannedBatch, at index: Int, after steps: [Step], _ failure: OperationError, errors: [FieldError]
  ) -> PlanResult {
    let before = steps.map { step in
      step.status == .executed
        ? Step(operation: step.operation, status: .rolledBack, performed: nil, errors: []) : step
    }
    let failed = Step(
      operation: plan.steps[index].operation.facts.name, status: .refused, performed: nil, errors: errors)
    let rest = plan.steps[(index + 1)...].map {
      Step(operation: $0.operation.facts.name, status: .notReached, performed: nil, errors: [])
    }
    return PlanResult(steps: before + [failed] + rest, abortedAt: index, failure: failure)
  }
}
