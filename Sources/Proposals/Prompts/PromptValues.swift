import Operations
import StrictJSON

/// What the prompt files are filled with. Names are those in the files.
struct PromptValues: Sendable {
  var isDirect = false
  /// What Arbiter sets in every input.
  var given = ""
  var operations: [Operation] = []
  var sections: [Section] = []
  /// Nil when everything had room.
  var leftOut: String?
  var results: [Result] = []
  var hint: String?
  /// For models that are programs.
  var blocks = ""

  struct Operation: Sendable {
    let name, summary, input, example: String
    let references: [Reference]
  }

  struct Reference: Sendable {
    let field, sources: String
  }

  struct Section: Sendable {
    let title, text: String
  }

  struct Result: Sendable {
    let status, message: String
  }
}

extension PromptValues.Operation {
  /// An operation as a model is told of it: without what Arbiter sets.
  init(_ facts: OperationFacts, without given: JSONObject) {
    name = facts.name
    summary = facts.summary
    let hidden = given.keys.map { String($0) } + facts.references.map(\.field).filter(facts.isByReferenceOnly)
    input = facts.input.document().dropping(hidden).canonicalText()
    var shown = facts.example.members ?? JSONObject()
    for key in given.keys { shown[key] = nil }
    example = JSON.object(shown).canonicalText()
    references = facts.references.map {
      PromptValues.Reference(field: $0.field, sources: $0.sources.keys.sorted().joined(separator: ", "))
    }
  }
}

extension JSON {
  /// A schema without some of its properties.
  fileprivate func dropping(_ names: [String]) -> JSON {
    guard var members else { return self }
    if var properties = members["properties"]?.members {
      for name in names { properties[name] = nil }
      members["properties"] = .object(properties)
    }
    if let required = members["required"]?.items {
      members["required"] = .array(required.filter { !names.contains($0.text ?? "") })
    }
    return .object(members)
  }
}

/// One fault as the repair prompt lists it.
struct PromptFault: Sendable {
  let place, message: String
  let allowed, repair: String?

  init(_ fault: ProposalFault) {
    place = fault.pointer.isEmpty ? "the whole answer" : fault.pointer
    message = fault.message
    allowed = fault.allowed.map { $0.prefix(40).joined(separator: ", ") }
    repair = fault.repair?.canonicalText()
  }
}

/// All of them.
struct PromptFaults: Sendable {
  /// Faults that a model is told of; a list that is longer helps none.
  static let max = 30
  let faults: [PromptFault]

  init(_ faults: [ProposalFault]) { self.faults = faults.prefix(Self.max).map { PromptFault($0) } }
}
