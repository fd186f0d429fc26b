package import StrictJSON

/// Why an operation was not carried out. Nothing was written, unless the message says otherwise.
package struct OperationError: Error, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable, CaseIterable {
    case unknownOperation = "unknown_operation"
    case unknownVersion = "unknown_version"
    case invalidInput = "invalid_input"
    case forbidden
    case notFound = "not_found"
    /// The state does not allow it: the message says what stands against it.
    case refused
    case preconditionRequired = "precondition_required"
    case preconditionFailed = "precondition_failed"
    /// The same idempotency key came with another operation or input.
    case keyReused = "idempotency_key_reused"
    case undoConflict = "undo_conflict"
    case notUndoable = "not_undoable"
    case alreadyUndone = "already_undone"
    /// It was begun and failed; the attempt and its draws are in the journal.
    case executionFailed = "execution_failed"
    /// The journal and the program do not agree.
    case replayDiffers = "replay_differs"
    case journalDamaged = "journal_damaged"
    /// A defect of Arbiter.
    case internalMistake = "internal_mistake"
  }

  package let code: Code
  package let message: String
  /// Each fault with its place in the input.
  package let errors: [FieldError]
  /// The journal row that keeps a failed attempt.
  package var attempt: Int64?

  package init(_ code: Code, _ message: String, errors: [FieldError] = [], attempt: Int64? = nil) {
    self.code = code
    self.message = message
    self.errors = errors
    self.attempt = attempt
  }

  /// Input that does not fit: every fault at once.
  package static func invalidInput(_ errors: [FieldError]) -> OperationError {
    let first = errors.first.map { ": \($0.message)" } ?? ""
    let count = errors.count == 1 ? "One thing" : "\(errors.count) things"
    return OperationError(.invalidInput, "\(count) in the input cannot be used\(first)", errors: errors)
  }

  package static func invalid(_ pointer: String, _ code: String, _ message: String) -> OperationError {
    .invalidInput([FieldError(pointer: pointer, code: code, message: message, allowed: nil)])
  }

  package var description: String { message }
}
