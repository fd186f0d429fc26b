package import Storage
import Vocabulary

extension OperationRunner {
  /// Which of these journal rows could be taken back: executed, with an inverse, and not undone.
  package func undoable(_ rows: [Int64], in state: any ReadTransaction) throws -> [Int64] {
    let undone = try UndoneRows.among(rows, in: state)
    return try rows.filter { number in
      guard undone[number] == nil, let row = try journal.row(number, in: state), row.outcome == .executed else {
        return false
      }
      return try journal.content(of: row, in: state.workspace).inverse?.isEmpty == false
    }
  }
}
