import StrictJSON

/// A proposal while it is being written; faults are planted in it.
struct DraftProposal {
  struct Step {
    var operation: String
    var input: JSONObject
    var key: String?
    var isRequired: Bool?
    /// Members that no step has.
    var more: JSONObject = [:]

    init(_ operation: String, _ input: JSONObject, key: String? = nil) {
      self.operation = operation
      self.input = input
      self.key = key
    }

    var document: JSON {
      var members: JSONObject = ["operation": .string(operation), "input": .object(input)]
      if let key { members["result_key"] = .string(key) }
      if let isRequired { members["required"] = .bool(isRequired) }
      for (key, value) in more { members[key] = value }
      return .object(members)
    }
  }

  /// What its author meant it to be.
  enum Intention: String, CaseIterable, Sendable {
    case good
    /// Good but for what a model gets wrong on a bad day.
    case near
    /// Made to break something.
    case hostile
  }

  var steps: [Step] = []
  var more: JSONObject = [:]

  var document: JSON {
    var members: JSONObject = ["operations": .array(steps.map(\.document))]
    for (key, value) in more { members[key] = value }
    return .object(members)
  }
}
