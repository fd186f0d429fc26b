/// The statements that begin and end transactions and savepoints. Bodies cannot run them; connections keep them prepared.
enum TransactionControl: String, CaseIterable {
  case begin = "BEGIN IMMEDIATE"
  case beginReading = "BEGIN DEFERRED"
  case commit = "COMMIT"
  case rollback = "ROLLBACK"
  /// Around one body of a group.
  case markBody = "SAVEPOINT body"
  case keepBody = "RELEASE body"
  case undoBody = "ROLLBACK TO body"
  /// Within a body. SQLite finds the innermost of a name, so one name nests.
  case mark = "SAVEPOINT inner"
  case keep = "RELEASE inner"
  case undo = "ROLLBACK TO inner"
}
