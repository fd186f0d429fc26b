package import StrictJSON

/// What a model, or a person, proposes: operations in order, and words.
///
/// ```json
/// { "operations": [
///     { "operation": "roll_dice", "input": { "notation": "8d6" }, "result_key": "fire" },
///     { "operation": "apply_damage", "input": { "targets": ["goblin_1"], "amount_ref": "fire", "type": "fire" } } ],
///   "say": "…" }
/// ```
///
/// `docs/formats/proposals.md` gives every member.
package struct Proposal: Codable, Sendable, Hashable {
  /// One operation of a proposal.
  package struct Step: Codable, Sendable, Hashable {
    package let operation: String
    /// With `…_ref` members where a value comes from an earlier result.
    package let input: JSONObject
    /// What later steps call its result; unique in the proposal.
    package let resultKey: String?
    /// Whether the whole proposal is given up when this step fails.
    package let isRequired: Bool

    package init(operation: String, input: JSONObject, resultKey: String? = nil, isRequired: Bool = true) {
      self.operation = operation
      self.input = input
      self.resultKey = resultKey
      self.isRequired = isRequired
    }

    private enum CodingKeys: String, CodingKey {
      case operation, input
      case resultKey = "result_key"
      case isRequired = "required"
    }
  }

  package let operations: [Step]
  /// Words for the person instead of operations or beside them: a question, an explanation.
  package let say: String?
  /// Things that the person could say, to be clicked.
  package let examples: [String]?
  /// How the telling of the results may begin.
  package let narrationHint: String?

  package init(
    operations: [Step], say: String? = nil, examples: [String]? = nil, narrationHint: String? = nil
  ) {
    self.operations = operations
    self.say = say
    self.examples = examples
    self.narrationHint = narrationHint
  }

  private enum CodingKeys: String, CodingKey {
    case operations, say, examples
    case narrationHint = "narration_hint"
  }
}

/// Something in a proposal that cannot be, and what would help.
package struct ProposalFault: Codable, Sendable, Hashable, CustomStringConvertible {
  /// From the root of the proposal: `/operations/1/input/targets/0`.
  package let pointer: String
  package let code: String
  package let message: String
  package let allowed: [String]?
  /// A value to put there instead, where one is near.
  package let repair: JSON?

  package init(_ pointer: String, _ code: String, _ message: String, allowed: [String]? = nil, repair: JSON? = nil) {
    self.pointer = pointer
    self.code = code
    self.message = message
    self.allowed = allowed
    self.repair = repair
  }

  package var description: String {
    var text = pointer.isEmpty ? message : "\(pointer): \(message)"
    if let repair { text += " Suggested: \(repair.canonicalText())." }
    return text
  }
}
