import Events
import Storage
import StrictJSON
import Vocabulary

/// Takes back what a journal row did, by applying its inverse as a new row. Undoing that row is redo.
///
/// Refused where later rows that stand changed the same values, and to whom may not do what is taken back. Never rewinds the
/// dice.
struct UndoOperation: AnyOperation {
  static let name = "undo"

  struct Input: Codable, Sendable, SchemaDescribed {
    let journal: Int64
    static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "What to take back",
        properties: ["journal": .init("The number of the journal row to undo.", .integers(1 ... .max))])
    }
  }

  struct Output: Codable, Sendable {
    let undone: Int64
  }

  let facts: OperationFacts
  /// What each operation asks for, by its name: taking something back asks for the same.
  private let permissions: [String: Permission]

  init(permissions: [String: Permission]) throws {
    self.permissions = permissions
    facts = OperationFacts(
      name: Self.name, version: 1, kind: .change, title: "Undo",
      summary:
        "Takes back what a journal row did, as a new row. Undoing an undo does it again. Dice are never rolled back.",
      permission: Permission("journal.undo", from: .editor), input: try JSONSchema(of: Input.self),
      output: try JSONSchema(of: Output.self), example: ["journal": 7])
  }

  func prepare(_ input: JSON) throws(OperationError) -> any PreparedOperation {
    Prepared(
      facts: facts, input: input, row: try facts.decode(Input.self, from: input).journal, permissions: permissions)
  }

  // Its changes are those of the operations it undoes, and carry their names; it has none of its own.
  func apply(_ change: RecordedChange, in transaction: any Transaction) throws { throw Self.noChanges }
  func inverse(of change: RecordedChange) throws -> RecordedChange? { throw Self.noChanges }
  func events(of change: RecordedChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    throw Self.noChanges
  }
  private static let noChanges = OperationError(.internalMistake, "Undo has no changes of its own.")

  private struct Prepared: PreparedOperation {
    let facts: OperationFacts
    let input: JSON
    let row: Int64
    let permissions: [String: Permission]

    func decide(_ context: inout OperationContext) throws -> AnyDecision {
      let target = try UndoTarget(row, of: context.record, in: context.state)
      for operation in Set(target.changes.map(\.operation)).sorted() {
        guard let permission = permissions[operation] else { continue }
        try context.principal.demand(permission, for: "Undo “\(operation)”")
      }
      try target.demandNoConflict(in: context.state)
      return AnyDecision(
        output: try JSON(encoding: Output(undone: row)), changes: target.inverse,
        summary: "Undid \(row): \(target.summary)", undoes: row)
    }
  }
}

/// The row to be undone, read and found fit for it.
private struct UndoTarget {
  let row: JournalRow
  let summary: String
  let changes: [RecordedChange]
  let inverse: [RecordedChange]

  init(_ number: Int64, of journal: Journal, in state: any ReadTransaction) throws {
    guard let row = try journal.row(number, in: state) else {
      throw OperationError(.notFound, "There is no journal row \(number) in this workspace.")
    }
    let content = try journal.content(of: row, in: state.workspace)
    if let by = try UndoneRows.among([number], in: state)[number] {
      throw OperationError(
        .alreadyUndone, "Journal row \(number) is undone already, by row \(by). Undo row \(by) to do it again.")
    }
    guard row.outcome == .executed, let inverse = content.inverse else {
      throw OperationError(
        .notUndoable,
        "Journal row \(number) (\(row.operation)) cannot be undone: "
          + (row.outcome == .failed ? "it failed and changed nothing." : "what it did has no inverse."))
    }
    self.row = row
    summary = content.summary
    changes = content.changes
    self.inverse = inverse
  }

  /// Later rows that stand and touched what this one touched. The row's own undos and redos do not count, nor does a row
  /// that is itself undone, nor what undid it.
  func demandNoConflict(in state: any ReadTransaction) throws {
    let keys = Set(changes.flatMap(\.touches)).map(\.description).sorted()
    let later: [Later] = try state.rows(
      """
      SELECT t.state_key, t.number, t.root FROM journal_touches t
      LEFT JOIN journal_undone u ON u.workspace = t.workspace AND u.number = t.root
      WHERE t.workspace = \(state.workspace) AND t.state_key IN (\(list: keys)) AND t.number > \(row.number)
        AND t.root <> \(row.root ?? row.number) AND u.number IS NULL
      ORDER BY t.number LIMIT 20
      """, as: Later.self)
    guard !later.isEmpty else { return }
    let numbers = Set(later.map(\.number)).sorted().map(String.init).joined(separator: ", ")
    throw OperationError(
      .undoConflict,
      "Row \(row.number) cannot be undone: what it changed was changed again by row \(numbers). Undo those first.",
      errors: later.map {
        FieldError(
          pointer: "/journal", code: "changed_later", message: "Row \($0.number) changed \($0.stateKey).", allowed: nil)
      })
  }

  private struct Later: Decodable {
    let stateKey: String
    let number: Int64
    let root: Int64
  }
}
