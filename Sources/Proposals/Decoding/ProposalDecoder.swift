import Operations
package import StrictJSON

/// Reads a proposal strictly, all faults at once. Nothing is guessed, dropped or converted: what a model writes between the
/// lines is not what was asked for, and it is told so.
package struct ProposalDecoder: Sendable {
  /// Bytes of one proposal.
  package static let bytesMax = 256 * 1024
  /// Faults that are told; more are counted.
  package static let faultsMax = 100
  package static let sayMax = 8000
  package static let examplesMax = 8
  package static let resultKeyMax = 64

  package init() {}

  /// What was read, or everything wrong with it.
  package enum Result: Sendable, Hashable {
    case proposal(Proposal)
    case faults([ProposalFault])
  }

  package func decode(_ text: String) -> Result {
    guard text.utf8.count <= Self.bytesMax else {
      return .faults([
        ProposalFault(
          "", "too_long", "The proposal has \(text.utf8.count) bytes; at most \(Self.bytesMax) are allowed.")
      ])
    }
    do throws(JSONFault) {
      return decode(try JSON(parsing: Array(text.utf8)))
    } catch {
      return .faults(Self.faults(of: error, in: text))
    }
  }

  package func decode(_ json: JSON) -> Result {
    guard let root = json.members else {
      return .faults([ProposalFault("", "wrong_type", "A proposal is a JSON object with “operations”.")])
    }
    var reader = MemberReader(root, at: .root, known: ["operations", "say", "examples", "narration_hint"])
    let say = reader.text("say", atMost: Self.sayMax)
    let examples = reader.texts("examples", atMost: Self.examplesMax)
    let hint = reader.text("narration_hint", atMost: Self.sayMax)
    let steps = steps(of: &reader)
    var faults = reader.faults
    if faults.isEmpty, steps.isEmpty, say == nil {
      faults.append(ProposalFault("", "empty", "The proposal has no operations and says nothing."))
    }
    guard faults.isEmpty else { return .faults(Self.bounded(faults)) }
    return .proposal(Proposal(operations: steps, say: say, examples: examples, narrationHint: hint))
  }

  private func steps(of reader: inout MemberReader) -> [Proposal.Step] {
    guard let items = reader.items("operations") else { return [] }
    guard items.count <= PreparedBatch.operationsMax else {
      reader.fault(
        "operations", "too_many",
        "There are \(items.count) operations; at most \(PreparedBatch.operationsMax) are allowed.")
      return []
    }
    var steps: [Proposal.Step] = []
    for (index, item) in items.enumerated() {
      let place = JSONPointer.root.appending("operations").appending(index)
      guard let members = item.members else {
        reader.add(ProposalFault("\(place)", "wrong_type", "An operation is an object with “operation” and “input”."))
        continue
      }
      var inner = MemberReader(
        members, at: place, known: ["operation", "input", "result_key", "required", "on_failure"])
      if let step = step(of: &inner) { steps.append(step) }
      reader.add(inner.faults)
    }
    return steps
  }

  private func step(of reader: inout MemberReader) -> Proposal.Step? {
    let name = reader.demandedText("operation", atMost: 100)
    let input = reader.object("input") ?? JSONObject()
    let key = reader.text("result_key", atMost: Self.resultKeyMax)
    if let key, key.isEmpty { reader.fault("result_key", "empty", "A result key has at least one character.") }
    let required = reader.flag("required")
    // The one word there is for it means what leaving it out means.
    if let end = reader.text("on_failure", atMost: 100) {
      if end != "abort" {
        reader.fault("on_failure", "not_allowed", "“\(end.prefix(40))” is not known here.", allowed: ["abort"])
      } else if required == false {
        reader.fault("on_failure", "contradiction", "An operation that is not required does not abort the others.")
      }
    }
    guard let name else { return nil }
    return Proposal.Step(operation: name, input: input, resultKey: key, isRequired: required ?? true)
  }

  private static func faults(of fault: JSONFault, in text: String) -> [ProposalFault] {
    let start = text.first { !$0.isWhitespace }
    if start != "{", text.contains("{") {
      return [
        ProposalFault(
          "", "prose_around_json", "There is text around the JSON object. Answer with the object and nothing else.")
      ]
    }
    return bounded(fault.errors.map { ProposalFault($0.pointer, $0.code, $0.message, allowed: $0.allowed) })
  }

  private static func bounded(_ faults: [ProposalFault]) -> [ProposalFault] {
    guard faults.count > faultsMax else { return faults }
    return faults.prefix(faultsMax) + [
      ProposalFault("", "more_faults", "… and \(faults.count - faultsMax) faults more.")
    ]
  }
}
