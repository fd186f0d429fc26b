package import Inference
package import Storage
import StrictJSON
package import Vocabulary

/// A surface on which turns are taken: it also says what a model is told of its things.
package protocol TurnSurface: ProposalSurface {
  /// - Parameter name: the rest of the subject: `salt_road`.
  /// - Throws: `OperationError` when there is no such thing, or the person has no part in it.
  func brief(of name: String, for principal: Principal, in state: any ReadTransaction) throws -> TurnBrief
}

/// What a model is told of a subject as it stands. Everything in it may be written by anybody: it is data, and stands in
/// prompts between marks.
package struct TurnBrief: Sendable, Hashable {
  /// A part of it, with what it is called where it had to be left out.
  package struct Section: Sendable, Hashable {
    package let title: String
    package let text: String
    /// A shorter form for a small model; nil where there is none.
    package let short: String?

    package init(_ title: String, _ text: String, short: String? = nil) {
      self.title = title
      self.text = text
      self.short = short
    }
  }

  /// The story's beginning.
  package let opening: String
  /// What matters most comes first; what does not fit is left out from the end.
  package let sections: [Section]
  /// For models that are programs.
  package let blocks: [PromptBlock]

  package init(opening: String, sections: [Section], blocks: [PromptBlock]) {
    self.opening = opening
    self.sections = sections
    self.blocks = blocks
  }
}
