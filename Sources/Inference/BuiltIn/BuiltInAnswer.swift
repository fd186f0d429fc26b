import StrictJSON

/// What the built-in model answers: operations, or words.
struct BuiltInAnswer: Sendable, Hashable {
  var operations: [JSON] = []
  /// How the telling may begin.
  var hint: String?
  /// What is said instead of a proposal.
  var say: String?
  /// What could be said instead, to click.
  var examples: [String] = []

  static func proposing(_ operations: [JSON], hint: String) -> BuiltInAnswer {
    BuiltInAnswer(operations: operations, hint: hint)
  }

  static func saying(_ text: String, examples: [String] = []) -> BuiltInAnswer {
    BuiltInAnswer(say: text, examples: examples)
  }

  var json: JSON {
    var members: JSONObject = ["operations": .array(operations)]
    if let hint { members["narration_hint"] = .string(hint) }
    if let say {
      members["say"] = .string(say)
      members["examples"] = .array(examples.map { .string($0) })
    }
    return .object(members)
  }
}
