import Storage

extension StorageError {
  static let closed = StorageError(.unavailable, "The database is closed. Nothing was written.")

  static let noRoom = StorageError(
    .full, "There is no room on the disk. Nothing was written; it works again once there is room.")

  static func writerIsReadOnly(_ reason: String) -> StorageError {
    StorageError(
      .readOnly,
      "Nothing is written any more until Arbiter is restarted, because \(reason). What was acknowledged is kept.")
  }

  static func tooManyWrites(_ limit: Int) -> StorageError {
    StorageError(.overloaded, "\(limit) writes wait already. Nothing was written; try again shortly.")
  }

  static func tooManyReads(_ limit: Int) -> StorageError {
    StorageError(.overloaded, "\(limit) reads wait already. Try again shortly.")
  }

  static func timedOut(_ label: StaticString, after limit: Duration) -> StorageError {
    StorageError(.timedOut, "“\(label)” ran longer than the \(limit) it may. Nothing was written.")
  }

  static let bodyIsOver = StorageError(.statement, "A transaction was used after its body had ended.")

  static let transactionIsGone = StorageError(
    .rolledBack, "An earlier error rolled the whole transaction back. Nothing was written; try again.")

  /// What the bodies of a lost group are told.
  ///
  /// - Parameter failure: what SQLite said.
  init(_ loss: GroupPlan.Loss, failure: SQLiteFailure?) {
    let engine = failure?.storageError()
    switch loss {
    case .rolledBack(let fault):
      switch fault {
      case .full, .disk, .damaged, .access: self = engine ?? .transactionIsGone
      case .constraint, .statement, .busy, .interrupted, .memory:
        self.init(.rolledBack, StorageError.transactionIsGone.message, underlying: engine?.underlying)
      }
    case .interruptedTooOften:
      self.init(.rolledBack, "Other writes ran over their time again and again. Nothing was written; try again.")
    case .outcomeUnknown:
      self.init(
        .outcomeUnknown,
        "The commit failed, so it is not known whether this was written. Ask by the idempotency key before repeating it.",
        underlying: engine?.underlying)
    }
  }
}
