package import StrictJSON
package import Vocabulary

/// A journal row whole, as people and exports see it: the fields of its summary and everything it keeps.
package struct JournalEntry: Codable, Sendable, Hashable {
  package let number: Int64
  package let id: JournalRowID
  package let operation: String
  package let version: Int
  package let time: Timestamp
  package let actor: JournalSummary.Actor
  package let role: Role
  package let summary: String
  package let display: OperationDisplay?
  package let state: JournalSummary.State
  package let undoable: Bool
  package let undoes: Int64?
  package let undoneBy: Int64?
  package let input: JSON
  package let output: JSON?
  package let draws: DrawRecord?
  package let ids: [UniqueID]
  package let changes: [RecordedChange]
  package let inverse: [RecordedChange]?
  package let events: [RecordedEvent]
  package let key: String?
  package let rulesetHash: String?
  package let proposal: UniqueID?
  package let failure: String?
  package let contentDigest: String
  package let hash: String
  package let previousHash: String

  package init(_ row: JournalRow, _ content: JournalContent, undoneBy: Int64?, previousHash: [UInt8]) {
    let head = JournalSummary(row, content, undoneBy: undoneBy)
    number = head.number
    id = head.id
    operation = head.operation
    version = head.version
    time = head.time
    actor = head.actor
    role = content.role
    summary = head.summary
    display = content.display
    state = head.state
    undoable = head.undoable
    undoes = head.undoes
    self.undoneBy = undoneBy
    input = content.input
    output = content.output
    draws = content.choices.draws
    ids = content.choices.ids
    changes = content.changes
    inverse = content.inverse
    events = content.events
    key = content.key
    rulesetHash = content.ruleset
    proposal = content.proposal
    failure = content.failure
    contentDigest = row.contentDigest.hexadecimal
    hash = row.hash.hexadecimal
    self.previousHash = previousHash.hexadecimal
  }
}
