package import StrictJSON

/// What became of a proposal, for the built-in model to tell. It stands in the prompt as the block ``blockName``.
package struct BuiltInResults: Sendable, Hashable, Codable {
  package static let blockName = "results"

  package struct Outcome: Sendable, Hashable, Codable {
    package var operation: String
    /// `executed`, `skipped`, `refused` or `not_reached`.
    package var status: String
    /// The sentence for people, with the real numbers.
    package var message: String

    package init(operation: String, status: String, message: String) {
      self.operation = operation
      self.status = status
      self.message = message
    }
  }

  package var outcomes: [Outcome]
  /// The `narration_hint` of the proposal.
  package var hint: String?

  package init(outcomes: [Outcome], hint: String? = nil) {
    self.outcomes = outcomes
    self.hint = hint
  }

  package func block() throws(JSONFault) -> PromptBlock { PromptBlock(Self.blockName, try JSON(encoding: self)) }

  /// The hint, then what was done, a sentence each, in order.
  var narrative: String {
    let done = outcomes.filter { $0.status == "executed" && !$0.message.isEmpty }.map(\.message)
    let sentences = [hint].compactMap(\.self) + done
    return sentences.isEmpty ? "Nothing happens." : sentences.map(Self.sentence).joined(separator: " ")
  }

  private static func sentence(_ text: String) -> String {
    text.last.map { ".!?…”\"".contains($0) } == true ? text : text + "."
  }
}

/// Why a proposal was refused, for the repair. It stands in the prompt as the block ``blockName``.
package struct BuiltInErrors: Sendable, Hashable, Codable {
  package static let blockName = "errors"

  package var errors: [FieldError]

  package init(_ errors: [FieldError]) { self.errors = errors }

  package func block() throws(JSONFault) -> PromptBlock { PromptBlock(Self.blockName, try JSON(encoding: self)) }
}
