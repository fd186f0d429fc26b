package import Operations
package import Storage
import StrictJSON

/// Checks a proposal against the catalogue and the live state: everything wrong with it at once, before anything happens.
package struct ProposalChecker: Sendable {
  private let runner: OperationRunner

  package init(runner: OperationRunner) { self.runner = runner }

  /// What a check found.
  package struct Report: Sendable {
    /// What would happen, step by step. Samples of dice are samples.
    package let rehearsal: Rehearsal
    /// Everything wrong, also with steps that are not required.
    package let faults: [ProposalFault]
    /// To be executed; nil while something is wrong that cannot be passed over.
    package let plan: PlannedBatch?
  }

  /// Rehearses `proposal` as a whole.
  ///
  /// A step that is wrong in itself is not tried; what refers to it is not checked, so that one fault is told once. A step
  /// that could not be carried out as things stand is in nobody's way when it is not required and no required one needs it.
  package func check(_ proposal: Proposal, in scope: ProposalScope, _ transaction: any Transaction) throws -> Report {
    let resolved = StepResolver(catalogue: runner.catalogue, scope: scope).resolve(proposal.operations)
    guard !resolved.isEmpty else {
      return Report(rehearsal: Rehearsal(steps: []), faults: [], plan: nil)
    }
    let rehearsal = try runner.rehearse(
      resolved.map { ($0.name, $0.step) }, as: scope.principal, in: transaction)
    // In the order of the proposal: what is wrong with a step by itself, then what the rehearsal found.
    let faults = zip(resolved, rehearsal.steps).flatMap { step, rehearsed in
      step.faults + rehearsed.errors.map { ProposalFault($0, in: proposal) }
    }
    let steps = resolved.compactMap(\.step)
    let needed = Self.needed(steps)
    guard steps.count == resolved.count, !needed.contains(where: { !rehearsal.steps[$0].errors.isEmpty }) else {
      return Report(rehearsal: rehearsal, faults: faults, plan: nil)
    }
    let plan = try PlannedBatch(steps, as: scope.principal, proposal: scope.proposal)
    return Report(rehearsal: rehearsal, faults: faults, plan: plan)
  }

  /// The steps without which it cannot be: those that are required, and those that they refer to.
  private static func needed(_ steps: [PlannedBatch.Step]) -> Set<Int> {
    var needed: Set<Int> = []
    // References look back only, so that one way through suffices.
    for (index, step) in steps.enumerated().reversed() where step.isRequired || needed.contains(index) {
      needed.insert(index)
      needed.formUnion(step.bindings.map(\.step))
    }
    return needed
  }
}

extension ProposalFault {
  /// A fault of an operation, with a repair where one of the allowed values is near what was given.
  init(_ error: FieldError, in proposal: Proposal) {
    let given = (try? JSON(encoding: proposal))?.value(at: error.pointer)?.text
    let near = given.flatMap { (error.allowed ?? []).nearest(to: $0) }
    self.init(
      error.pointer, error.code, error.message, allowed: error.allowed, repair: near.map { .string($0) })
  }
}

extension JSON {
  func value(at pointer: String) -> JSON? { JSONPointer(pointer).flatMap { self[$0] } }
}
