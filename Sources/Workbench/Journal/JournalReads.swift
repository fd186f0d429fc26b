package import Events
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

private let readJournal = Permission("journal.read", from: .viewer)

/// Lists what was done, newest first.
package struct ListJournal: ReadDefinition {
  package static let name = "list_journal"
  package static let version = 1
  package static let permission = readJournal
  package static let about = OperationAbout(
    "List the journal", "What was done in the workspace, newest first, a page at a time.",
    example: Input(limit: 50, before: nil))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let limit: Int?
    package let before: Int64?
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A page of the journal",
        properties: [
          "limit": .init("Rows a page: 1 to 200, 50 when left out.", .integers(1...200)),
          "before": .init("Rows before this number: `next` of the page before.", .integers(1 ... .max)),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    package struct Head: Codable, Sendable {
      package let number: Int64
      package let hash: String
    }
    package let items: [JournalSummary]
    package let next: Int64?
    package let head: Head
    package let cursor: String
  }

  private let journal: Journal
  private let events: EventLog

  package init(journal: Journal, events: EventLog) {
    self.journal = journal
    self.events = events
  }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let limit = input.limit ?? 50
    let rows = try journal.rows(before: input.before, limit: limit, in: transaction)
    let undone = try UndoneRows.among(rows.map(\.number), in: transaction)
    let head = try journal.head(in: transaction)
    return Output(
      items: try rows.map {
        JournalSummary($0, try journal.content(of: $0, in: principal.workspace), undoneBy: undone[$0.number])
      },
      next: rows.count == limit ? rows.last.flatMap { $0.number > 1 ? $0.number : nil } : nil,
      head: .init(number: head.number, hash: head.hash.hexadecimal),
      cursor: try events.cursor(of: ["journal"], in: transaction).description)
  }
}

/// One row of the journal, whole.
package struct ShowJournalRow: ReadDefinition {
  package static let name = "show_journal_row"
  package static let version = 1
  package static let permission = readJournal
  package static let about = OperationAbout(
    "Show a journal row", "Everything a journal row keeps: input, draws, changes, inverse, events, hashes.",
    example: Input(number: 7))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let number: Int64
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A journal row",
        properties: ["number": .init("Its number.", .integers(1 ... .max))])
    }
  }

  private let journal: Journal

  package init(journal: Journal) { self.journal = journal }

  package func answer(
    _ input: Input, as principal: Principal, in transaction: any ReadTransaction
  ) throws -> JournalEntry {
    guard let row = try journal.row(input.number, in: transaction) else {
      throw OperationError(.notFound, "There is no journal row \(input.number) in this workspace.")
    }
    let before = try journal.row(input.number - 1, in: transaction)
    let undone = try UndoneRows.among([input.number], in: transaction)
    return JournalEntry(
      row, try journal.content(of: row, in: principal.workspace), undoneBy: undone[input.number],
      previousHash: before?.hash ?? ChainHash.beginning)
  }
}
