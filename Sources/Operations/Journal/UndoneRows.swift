package import Storage
import Vocabulary

/// Which rows are undone now. Derived from the journal, and journalled state like any other: a rebuild gives it again.
package enum UndoneRows {
  static let stateTable = StateTable("journal_undone", key: ["number"])

  /// Of `rows`, those undone now, with the row that undid each.
  package static func among(_ rows: [Int64], in transaction: any ReadTransaction) throws -> [Int64: Int64] {
    var undone: [Int64: Int64] = [:]
    try transaction.forEachRow(
      """
      SELECT number, undone_by FROM journal_undone
      WHERE workspace = \(transaction.workspace) AND number IN (\(list: rows))
      """
    ) { undone[try $0.get("number")] = try $0.get("undone_by") }
    return undone
  }

  /// Notes that `row` is undone by `by`. When `row` itself undid another, that one stands again.
  ///
  /// - Returns: the row at the root of the chain.
  static func note(_ row: Int64, undoneBy by: Int64, _ journal: Journal, in transaction: any Transaction) throws
    -> Int64
  {
    guard let undone = try journal.row(row, in: transaction) else {
      throw OperationError(.notFound, "There is no journal row \(row).")
    }
    try transaction.run(
      """
      INSERT INTO journal_undone (workspace, number, undone_by) VALUES (\(transaction.workspace), \(row), \(by))
      """)
    if let before = undone.undoes {
      try transaction.run(
        "DELETE FROM journal_undone WHERE workspace = \(transaction.workspace) AND number = \(before)")
    }
    return undone.root ?? undone.number
  }
}
