package import Vocabulary

/// A journal row as lists show it.
package struct JournalSummary: Codable, Sendable, Hashable {
  package struct Actor: Codable, Sendable, Hashable {
    /// Nil for Arbiter itself.
    package let id: PersonID?
    package let name: String
  }
  package enum State: String, Codable, Sendable, CaseIterable { case standing, undone, failed }

  package let number: Int64
  package let id: JournalRowID
  package let operation: String
  package let version: Int
  package let time: Timestamp
  package let actor: Actor
  package let summary: String
  package let state: State
  /// Whether an undo may be tried. It is refused when later rows that stand changed the same values.
  package let undoable: Bool
  package let undoes: Int64?
  package let undoneBy: Int64?

  package init(_ row: JournalRow, _ content: JournalContent, undoneBy: Int64?) {
    number = row.number
    id = row.id
    operation = row.operation
    version = row.version
    time = row.time
    actor = Actor(id: row.person, name: content.actor)
    summary = content.summary
    state = row.outcome == .failed ? .failed : undoneBy == nil ? .standing : .undone
    undoable = row.outcome == .executed && content.inverse != nil && undoneBy == nil
    undoes = row.undoes
    self.undoneBy = undoneBy
  }
}
