package import StrictJSON
package import Vocabulary

/// The operations of a proposal, in order, of which later ones may take values from the results of earlier ones.
///
/// It is carried out all or nothing, save for steps that say that they are not required.
package struct PlannedBatch: Sendable {
  /// One operation, with what of its input is not known before it is reached.
  package struct Step: Sendable {
    package let operation: any AnyOperation
    /// Without the fields that are bound.
    package let input: JSONObject
    package let bindings: [Binding]
    /// Whether the batch is given up when this step fails.
    package let isRequired: Bool

    package init(operation: any AnyOperation, input: JSONObject, bindings: [Binding] = [], isRequired: Bool = true) {
      self.operation = operation
      self.input = input
      self.bindings = bindings
      self.isRequired = isRequired
    }
  }

  /// A field whose value is somewhere in the output of an earlier step.
  package struct Binding: Sendable, Hashable {
    package let field: String
    /// The place of the earlier step in the batch.
    package let step: Int
    /// Where in its output; empty takes the whole.
    package let path: [String]

    package init(field: String, step: Int, path: [String]) {
      self.field = field
      self.step = step
      self.path = path
    }
  }

  package let principal: Principal
  /// The run that proposes it; the journal names it in every row.
  package let proposal: UniqueID?
  package let steps: [Step]

  /// - Throws: ``OperationError`` when there are too many steps, one is not permitted, or a binding looks forward.
  package init(_ steps: [Step], as principal: Principal, proposal: UniqueID? = nil) throws(OperationError) {
    guard (1...PreparedBatch.operationsMax).contains(steps.count) else {
      throw OperationError(
        .invalidInput, "A batch holds 1 to \(PreparedBatch.operationsMax) operations; this one holds \(steps.count).")
    }
    for (index, step) in steps.enumerated() {
      let facts = step.operation.facts
      try principal.demand(facts.permission, for: facts.title)
      for binding in step.bindings where !(0..<index).contains(binding.step) {
        throw .invalid(
          "/operations/\(index)/input/\(binding.field)_ref", "forward_reference",
          "It refers to step \(binding.step + 1), which does not come before step \(index + 1).")
      }
    }
    self.principal = principal
    self.proposal = proposal
    self.steps = steps
  }
}

extension PlannedBatch.Step {
  /// The whole input, with the values of its bindings.
  ///
  /// - Parameter outputs: of the steps before, nil for those that have none.
  /// - Returns: nil when a step that it refers to has no output.
  /// - Throws: ``OperationError`` when an output has no value at that place.
  func boundInput(_ outputs: [JSON?]) throws(OperationError) -> JSON? {
    var whole = input
    for binding in bindings {
      guard let output = outputs[binding.step] else { return nil }
      guard let value = binding.path.reduce(Optional(output), { $0?[$1] }), !value.isNull else {
        throw .invalid(
          "/\(binding.field)_ref", "no_such_result",
          "Step \(binding.step + 1) gave no “\(binding.path.joined(separator: "."))”.")
      }
      whole[binding.field] = value
    }
    return .object(whole)
  }

  /// The faults of this step with places in the proposal: where a bound value is at fault, the reference is.
  func located(_ error: OperationError, at index: Int) -> [FieldError] {
    error.located(at: index).map { fault in
      let start = "/operations/\(index)/input/"
      let inside = fault.pointer.dropFirst(start.count)
      let field = inside.prefix { $0 != "/" }
      guard fault.pointer.hasPrefix(start), bindings.contains(where: { $0.field == field }) else { return fault }
      return FieldError(
        pointer: "\(start)\(field)_ref", code: fault.code, message: fault.message, allowed: fault.allowed)
    }
  }
}
