package import Storage
package import Vocabulary

/// What was found wrong with a journal.
package struct JournalFault: Sendable, Hashable, CustomStringConvertible {
  package let row: Int64
  package let what: String
  package var description: String { "Row \(row): \(what)" }
}

extension Journal {
  /// How a verification came out.
  package struct Verification: Sendable, Hashable {
    package var rows: Int64 = 0
    package var head: Head
    package var faults: [JournalFault] = []
    package var isWhole: Bool { faults.isEmpty }
  }

  private static let page = 1000

  /// Follows the chain from the first row: numbers without a gap, each hash of header and row before, each content of its
  /// digest, time going forward, and the keyed head at the end. Stops at the hundredth fault.
  ///
  /// - Parameter expected: the head of an earlier export, to find a journal that was cut or rewritten since by somebody who
  ///   has the key.
  package func verify(
    _ workspace: WorkspaceID, of database: any Database, expecting expected: (number: Int64, hash: [UInt8])? = nil,
    progress: @Sendable (Int64, Int64) -> Void = { _, _ in }
  ) async throws -> Verification {
    let head = try await database.read("journal.head", in: workspace) { try self.head(in: $0) }
    var state = Verification(head: head)
    var previous = ChainHash.beginning
    var time = Timestamp(microseconds: .min)
    while state.rows < head.number, state.faults.count < 100 {
      let from = state.rows
      let rows = try await database.read("journal.verify", in: workspace) { transaction in
        try self.rows(after: from, limit: Self.page, in: transaction)
      }
      if rows.isEmpty { break }
      for row in rows where row.number <= head.number {
        state.rows += 1
        if row.number != state.rows {
          state.faults.append(JournalFault(row: state.rows, what: "it is missing; the next one there is \(row.number)"))
          state.rows = row.number
        }
        state.faults += faults(of: row, after: previous, time, in: workspace)
        if let expected, expected.number == row.number, expected.hash != row.hash {
          state.faults.append(JournalFault(row: row.number, what: "it is not the row of the head that was exported"))
        }
        (previous, time) = (row.hash, row.time)
      }
      progress(state.rows, head.number)
    }
    if state.rows < head.number {
      state.faults.append(
        JournalFault(row: head.number, what: "the head says there are \(head.number) rows; \(state.rows) are there"))
    } else if previous != head.hash, head.number > 0 {
      state.faults.append(JournalFault(row: head.number, what: "its hash is not the one in the head"))
    }
    if !isGenuine(head, of: workspace) {
      state.faults.append(JournalFault(row: head.number, what: "the head was not written with this vault's key"))
    }
    if let expected, expected.number > head.number {
      state.faults.append(
        JournalFault(row: expected.number, what: "the exported head is newer: rows were cut off the end"))
    }
    return state
  }

  private func faults(
    of row: JournalRow, after previous: [UInt8], _ time: Timestamp, in workspace: WorkspaceID
  ) -> [JournalFault] {
    var faults: [JournalFault] = []
    let header = ChainHash.Header(
      workspace: workspace, number: row.number, id: row.id, operation: row.operation, version: row.version,
      outcome: row.outcome, time: row.time, person: row.person, undoes: row.undoes, root: row.root,
      contentDigest: row.contentDigest)
    if ChainHash.row(after: previous, header) != row.hash {
      faults.append(JournalFault(row: row.number, what: "its header was changed, or the row before it"))
    }
    do {
      if ChainHash.content(try contentBytes(of: row, in: workspace)) != row.contentDigest {
        faults.append(JournalFault(row: row.number, what: "its content was changed"))
      }
    } catch {
      faults.append(JournalFault(row: row.number, what: "its content cannot be read: \(error)"))
    }
    if row.time <= time { faults.append(JournalFault(row: row.number, what: "it is not later than the row before it")) }
    return faults
  }

  /// Copies a row as it is, with what is derived from it, into a database that is being rebuilt.
  func copy(_ row: JournalRow, _ content: JournalContent, in transaction: any Transaction) throws {
    try insert(row, touching: content.changes, in: transaction)
  }
}
