import Operations
import StrictJSON
package import Vocabulary

package enum NamedRun {}
/// Names a run; the journal rows of its operations carry it as their proposal.
package typealias RunID = Identifier<NamedRun>

/// One turn on a subject: what a person said, what was proposed, what was decided, and how it was told.
///
/// `docs/formats/runs.md` draws its stages. What may happen next is decided by ``Run/nextStep``; ``TurnJob`` carries it out.
package struct Run: Codable, Sendable, Hashable {
  /// What the person wants.
  package enum Mode: String, Codable, Sendable, CaseIterable {
    /// Something is to be done.
    case act
    /// Thought aloud: time stands still, and nothing is proposed.
    case think
    /// Said by who leads the story, not by a character in it.
    case direct
  }

  package enum Stage: String, Codable, Sendable, CaseIterable { case proposing, rehearsing, executing, narrating }

  package enum Outcome: String, Codable, Sendable, CaseIterable {
    case executed
    /// Words only; nothing was to be changed.
    case told
    /// No proposal could be used, also after the one repair: a story was told, and nothing changed.
    case classic
    /// No proposal could be used, and no story was told. Nothing changed.
    case refused
    /// A required operation failed once dice lay on the table: nothing of it was done.
    case executionFailed = "execution_failed"
    /// No model answered: nothing was drawn, nothing changed.
    case modelUnavailable = "model_unavailable"
    case cancelled
    /// Given up; nothing changed.
    case failed
  }

  /// One answer of the model that was to be a proposal, or the one that a person brought.
  package struct Attempt: Codable, Sendable, Hashable {
    /// Nil when the answer was no proposal.
    package let proposal: Proposal?
    package var faults: [ProposalFault]
  }

  package let id: RunID
  /// What it is about: `campaigns/salt_road`.
  package let subject: String
  /// 1, 2, 3 … of the subject.
  package let number: Int64
  package let mode: Mode
  package let text: String
  /// Who asked.
  package let by: String
  /// Whether a person brought the proposal; no model is asked for one then.
  package let isByHand: Bool
  package let createdAt: Timestamp

  /// Nil when it has ended.
  package internal(set) var stage: Stage?
  package internal(set) var outcome: Outcome?
  package internal(set) var endedAt: Timestamp?
  /// When everything that could be undone of it was.
  package internal(set) var undoneAt: Timestamp?
  package internal(set) var attempts: [Attempt] = []
  package internal(set) var operations: [ProposalRecord.Step] = []
  package internal(set) var abortedAt: Int?
  /// Why the operation at `abortedAt` failed.
  package internal(set) var failure: String?
  package internal(set) var narrative: Narrative?
  /// Words instead of operations, or beside them.
  package internal(set) var say: String?
  package internal(set) var examples: [String]?
  /// The narrative as far as it has come.
  package internal(set) var draft: String?
  package internal(set) var calls: [ModelCall] = []
  /// The call that summed up the older part of the story after this run, for those that come.
  package internal(set) var summary: ModelCall?
  /// How many calls were made before this telling began.
  package internal(set) var callsBefore = 0
  /// Digests of the keys under which it was told again or undone: asked again with one of them, it is not done again.
  package internal(set) var acts: [String] = []
  /// A sentence for people when it did not go well.
  package internal(set) var problem: String?

  init(
    _ id: RunID, on subject: String, number: Int64, _ mode: Mode, _ text: String, by: String, isByHand: Bool,
    at time: Timestamp
  ) {
    self.id = id
    self.subject = subject
    self.number = number
    self.mode = mode
    self.text = text
    self.by = by
    self.isByHand = isByHand
    createdAt = time
    stage = .proposing
  }

  package var isEnded: Bool { stage == nil }
  /// The proposal that was executed, or tried last.
  package var proposal: Proposal? { attempts.last { $0.proposal != nil }?.proposal }
  /// Whether its operations stand, or stood.
  package var isExecuted: Bool { outcome == .executed }

  /// Without the texts of its calls, for lists and events.
  package var withoutTexts: Run {
    var run = self
    for index in run.calls.indices {
      run.calls[index].request = nil
      run.calls[index].reply = nil
    }
    run.summary?.request = nil
    run.summary?.reply = nil
    return run
  }
}

/// What happened, told.
package struct Narrative: Codable, Sendable, Hashable {
  package enum Teller: String, Codable, Sendable, CaseIterable {
    case model
    /// By rule, without a model.
    case builtIn = "built-in"
    /// From the results, because no model told it.
    case results
  }

  /// UTF-8 bytes of a telling, choices included.
  package static let bytesMax = 64 * 1024

  package let text: String
  package let by: Teller
  /// What the person could do now, to be clicked.
  package let choices: [String]

  package init(text: String, by: Teller, choices: [String] = []) {
    self.text = text
    self.by = by
    self.choices = choices
  }
}
