package import Storage
package import StrictJSON
package import Vocabulary

/// A row of the journal: what was done (or tried), by whom, with everything that was chosen on the way.
///
/// `docs/formats/journal.md` gives tables, bytes and hashes.
package struct JournalRow: Sendable, Hashable {
  package enum Outcome: String, Sendable, Codable {
    case executed
    /// It was begun, drew dice, and failed: nothing of it was done, but what was drawn is used up.
    case failed
  }

  /// 1, 2, 3 … in the workspace.
  package let number: Int64
  package let id: JournalRowID
  package let operation: String
  package let version: Int
  package let outcome: Outcome
  /// Later than the time of the row before.
  package let time: Timestamp
  /// Nil for Arbiter itself.
  package let person: PersonID?
  /// The row that this one undoes, and the row at the root of that chain: an undo and its redo have the same root.
  package let undoes: Int64?
  package let root: Int64?
  package let content: Sealed<JournalContent>
  /// SHA-256 of the content's canonical JSON. The chain covers this, so that a content can be erased and the chain holds.
  package let contentDigest: [UInt8]
  /// Of everything above and of the row before.
  package let hash: [UInt8]
}

/// What a journal row keeps besides its header.
package struct JournalContent: Codable, Sendable, Hashable {
  /// Random, so that the digest of a short content cannot be guessed after it was erased. Hexadecimal.
  package var salt: String
  /// What people called them then, and the role they acted in.
  package var actor: String
  package var role: Role
  package var input: JSON
  package var output: JSON?
  package var summary: String
  /// How the result is shown; nil shows the summary.
  package var display: OperationDisplay?
  package var choices: RecordedChoices
  package var changes: [RecordedChange]
  package var inverse: [RecordedChange]?
  package var events: [RecordedEvent]
  /// The idempotency key it came with.
  package var key: String?
  /// The digest of the rules that held.
  package var ruleset: String?
  /// The proposal, and with it the model call, that asked for it; nil when a person did.
  package var proposal: UniqueID?
  /// Why it failed.
  package var failure: String?
}

/// An event that an operation appended.
package struct RecordedEvent: Codable, Sendable, Hashable {
  package let topic: String
  package let number: Int64
  package let type: String
}
