package import Storage
import StrictJSON
package import Vocabulary

/// Makes the state again from the journal alone, and compares.
///
/// *Rebuild* folds the recorded changes into an empty database and must give the equal state hash, whatever version wrote
/// them. *Re-execute* also runs `decide` again before each fold, with what the row recorded as its choices, and compares
/// what it decides; rows of versions that this program has no `decide` for are folded and counted.
package struct Rebuilder: Sendable {
  /// Rows read and folded at once.
  private static let page = 500

  private let catalogue: Catalogue
  private let journal: Journal

  package init(catalogue: Catalogue, journal: Journal) {
    self.catalogue = catalogue
    self.journal = journal
  }

  /// Rebuilds `workspace` of `live` in `scratch`, which is empty and has the schema.
  ///
  /// - Parameter progress: called after each page with rows done and rows in all.
  package func rebuild(
    _ workspace: WorkspaceID, of live: any Database, in scratch: any Database, reexecuting: Bool,
    progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> RebuildReport {
    let tables = catalogue.stateTables
    let (end, wanted) = try await live.read("rebuild.state", in: workspace) { [journal] transaction in
      (try journal.head(in: transaction), try StateHash(of: tables, in: transaction))
    }
    var report = RebuildReport(rows: end.number, live: wanted)
    var done: Int64 = 0
    while done < end.number {
      let from = done
      let limit = min(Self.page, Int(clamping: end.number - done))
      let rows = try await live.read("rebuild.journal", in: workspace) { [journal] transaction in
        try journal.rows(after: from, limit: limit, in: transaction)
      }
      guard rows.count == limit else {
        throw OperationError(.journalDamaged, "The journal has no row \(done + Int64(rows.count) + 1).")
      }
      let tally = try await scratch.write("rebuild.fold", in: workspace) { transaction in
        try rows.reduce(into: Tally()) { tally, row in
          try fold(row, reexecuting: reexecuting, into: &tally, in: transaction)
        }
      }
      report.add(tally)
      done += Int64(rows.count)
      progress(done, end.number)
    }
    report.rebuilt = try await scratch.read("rebuild.state", in: workspace) { try StateHash(of: tables, in: $0) }
    return report
  }

  struct Tally: Sendable {
    var folded = 0
    var reexecuted = 0
    var failed = 0
    var differences: [RebuildReport.Difference] = []
  }

  private func fold(
    _ row: JournalRow, reexecuting: Bool, into tally: inout Tally, in transaction: any Transaction
  ) throws {
    let content = try journal.content(of: row, in: transaction.workspace)
    if row.outcome == .failed {
      tally.failed += 1
    } else if reexecuting, let difference = try reexecute(row, content, &tally, in: transaction) {
      tally.differences.append(difference)
    } else if !reexecuting {
      tally.folded += 1
    }
    for change in content.changes {
      try catalogue.owner(of: change).apply(change, in: transaction)
    }
    if let record = content.choices.draws { try Seeds.advance(past: record, in: transaction) }
    try journal.copy(row, content, in: transaction)
    if let undoes = row.undoes { _ = try UndoneRows.note(undoes, undoneBy: row.number, journal, in: transaction) }
  }

  private func reexecute(
    _ row: JournalRow, _ content: JournalContent, _ tally: inout Tally, in transaction: any Transaction
  ) throws -> RebuildReport.Difference? {
    guard let operation = catalogue.changes[row.operation], operation.facts.version == row.version else {
      tally.folded += 1
      return nil
    }
    tally.reexecuted += 1
    do {
      let prepared = try operation.prepare(content.input)
      var context = OperationContext(
        principal: Principal(
          workspace: transaction.workspace, person: row.person, name: content.actor, role: content.role),
        state: transaction, time: row.time, journal: row.number, record: journal,
        choices: ReplayedChoices(content.choices, sealer: journal.sealer))
      let decision = try prepared.decide(&context)
      guard decision.changes == content.changes else {
        return .init(row: row.number, operation: row.operation, what: "it decides other changes now")
      }
      guard decision.output == content.output else {
        return .init(row: row.number, operation: row.operation, what: "it answers otherwise now")
      }
      return nil
    } catch {
      return .init(row: row.number, operation: row.operation, what: "it fails now: \(error)")
    }
  }
}

/// How a rebuild came out.
package struct RebuildReport: Sendable {
  package struct Difference: Sendable, Hashable {
    package let row: Int64
    package let operation: String
    package let what: String
  }

  /// Rows of the journal.
  package let rows: Int64
  package let live: StateHash
  package internal(set) var rebuilt: StateHash?
  package private(set) var folded = 0
  package private(set) var reexecuted = 0
  package private(set) var failed = 0
  /// At most a hundred; ``differenceCount`` counts all.
  package private(set) var differences: [Difference] = []
  package private(set) var differenceCount = 0

  init(rows: Int64, live: StateHash) {
    self.rows = rows
    self.live = live
  }

  package var isEqual: Bool { rebuilt?.digest == live.digest && differenceCount == 0 }

  fileprivate mutating func add(_ tally: Rebuilder.Tally) {
    folded += tally.folded
    reexecuted += tally.reexecuted
    failed += tally.failed
    differenceCount += tally.differences.count
    differences += tally.differences.prefix(max(0, 100 - differences.count))
  }
}
