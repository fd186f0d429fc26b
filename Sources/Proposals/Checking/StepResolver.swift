import Operations
import StrictJSON
import Vocabulary

/// Turns the steps of a proposal into steps that the runner takes: finds operations, follows references, adds what the
/// server gives. Needs no state.
struct StepResolver {
  let catalogue: Catalogue
  let scope: ProposalScope

  /// A step, or why there is none.
  struct Resolved {
    let name: String
    var step: PlannedBatch.Step?
    var faults: [ProposalFault] = []
  }

  func resolve(_ steps: [Proposal.Step]) -> [Resolved] {
    var keys: [String: Int] = [:]
    return steps.enumerated().map { index, step in
      var resolved = resolve(step, at: index, of: steps, keys: keys)
      if let key = step.resultKey {
        if let first = keys[key] {
          resolved.faults.append(
            ProposalFault(
              "/operations/\(index)/result_key", "duplicate_result_key",
              "The key “\(key)” names the result of step \(first + 1) already."))
        } else {
          keys[key] = index
        }
      }
      if !resolved.faults.isEmpty { resolved.step = nil }
      return resolved
    }
  }

  private func resolve(_ step: Proposal.Step, at index: Int, of steps: [Proposal.Step], keys: [String: Int])
    -> Resolved
  {
    var resolved = Resolved(name: step.operation)
    guard scope.operations.contains(step.operation), let operation = catalogue.changes[step.operation] else {
      let allowed = scope.operations.sorted()
      let near = allowed.nearest(to: step.operation)
      resolved.faults.append(
        ProposalFault(
          "/operations/\(index)/operation", "unknown_operation",
          "There is no operation “\(step.operation.prefix(80))” to propose here.", allowed: allowed,
          repair: near.map { .string($0) }))
      return resolved
    }
    guard scope.principal.may(operation.facts.permission) else {
      resolved.faults.append(
        ProposalFault(
          "/operations/\(index)/operation", "forbidden",
          "“\(operation.facts.title)” needs the role \(operation.facts.permission.leastRole.rawValue) or more."))
      return resolved
    }
    var input = JSONObject()
    var bindings: [PlannedBatch.Binding] = []
    for (key, value) in step.input {
      let place = "/operations/\(index)/input\(JSONPointer.root.appending(key))"
      if scope.given[key] != nil {
        resolved.faults.append(
          ProposalFault(place, "set_by_server", "“\(key)” is set by the server; leave it out."))
      } else if let reference = reference(key, of: operation.facts) {
        switch bind(value, to: reference, index: index, steps, keys) {
        case .success(let binding):
          if step.input[reference.field] != nil {
            resolved.faults.append(
              ProposalFault(place, "contradiction", "Give “\(reference.field)” or “\(key)”, not both."))
          }
          bindings.append(binding)
        case .failure(let fault): resolved.faults.append(fault.at(place))
        }
      } else if operation.facts.isByReferenceOnly(key), !value.isNull {
        resolved.faults.append(
          ProposalFault(
            place, "by_reference_only", "What was rolled is not written down here; name its result in “\(key)_ref”."))
      } else {
        input[key] = value
      }
    }
    for (key, value) in scope.given where operation.facts.input.hasProperty(key) { input[key] = value }
    resolved.faults += faults(of: input, bindings, operation.facts, at: index)
    resolved.step = PlannedBatch.Step(
      operation: operation, input: input, bindings: bindings, isRequired: step.isRequired)
    return resolved
  }

  private func reference(_ key: String, of facts: OperationFacts) -> ResultReference? {
    guard key.hasSuffix("_ref") else { return nil }
    return facts.references.first { "\($0.field)_ref" == key }
  }

  private struct ReferenceFault: Error {
    let code: String
    let message: String
    var allowed: [String]?
    var repair: String?
    func at(_ place: String) -> ProposalFault {
      ProposalFault(place, code, message, allowed: allowed, repair: repair.map { .string($0) })
    }
  }

  private func bind(
    _ value: JSON, to reference: ResultReference, index: Int, _ steps: [Proposal.Step], _ keys: [String: Int]
  ) -> Result<PlannedBatch.Binding, ReferenceFault> {
    guard let key = value.text else {
      return .failure(ReferenceFault(code: "wrong_type", message: "A reference is the result key of an earlier step."))
    }
    guard let step = keys[key] else {
      let isLater = steps[index...].contains { $0.resultKey == key }
      return .failure(
        ReferenceFault(
          code: isLater ? "forward_reference" : "dangling_reference",
          message: isLater
            ? "The step with the result key “\(key)” does not come before this one."
            : "No step before has the result key “\(key.prefix(80))”.", allowed: keys.keys.sorted(),
          repair: isLater ? nil : keys.keys.sorted().nearest(to: key)))
    }
    let source = steps[step].operation
    guard let path = reference.sources[source] else {
      return .failure(
        ReferenceFault(
          code: "wrong_reference",
          message: "The result of “\(source)” has nothing for “\(reference.field)”. It may come from: "
            + reference.sources.keys.sorted().joined(separator: ", ") + "."))
    }
    return .success(PlannedBatch.Binding(field: reference.field, step: step, path: path))
  }

  /// What the schema says of the input as far as it is known: what is bound is there later.
  private func faults(
    of input: JSONObject, _ bindings: [PlannedBatch.Binding], _ facts: OperationFacts, at index: Int
  ) -> [ProposalFault] {
    let bound = Set(bindings.map { "/\($0.field)" })
    return facts.input.validate(.object(input)).compactMap { error in
      if error.code == "missing", bound.contains(error.pointer) { return nil }
      let given = JSON.object(input).value(at: error.pointer)?.text
      let near = given.flatMap { (error.allowed ?? []).nearest(to: $0) }
      return ProposalFault(
        "/operations/\(index)/input\(error.pointer)", error.code, error.message, allowed: error.allowed,
        repair: near.map { .string($0) })
    }
  }
}

extension OperationFacts {
  /// Whether a field holds a whole result of an earlier operation: a proposal that could write it could write the dice.
  func isByReferenceOnly(_ field: String) -> Bool {
    references.contains { $0.field == field } && input.property(field)?.isComposite == true
  }
}

extension JSONSchema {
  fileprivate func property(_ name: String) -> JSONSchema? {
    guard case .object(let properties) = form else { return nil }
    return properties.first { $0.name == name }?.schema
  }

  fileprivate var isComposite: Bool {
    switch form {
    case .array, .object, .map: true
    case .nullable(let schema): schema.isComposite
    default: false
    }
  }

  /// Whether an object of this schema may have a member of that name.
  fileprivate func hasProperty(_ name: String) -> Bool { property(name) != nil }
}
