/// Every kind of problem that the HTTP interface answers with, by its stable name.
///
/// `docs/formats/problems.md` explains each for people; a test holds the page and this list together.
package enum ProblemCode: String, Sendable, CaseIterable {
  // What cannot be read
  case malformedRequest = "malformed_request"
  case headersTooLarge = "headers_too_large"
  case targetTooLong = "target_too_long"
  case requestTimeout = "request_timeout"
  case bodyTooLarge = "body_too_large"
  case unsupportedMediaType = "unsupported_media_type"
  case malformedJSON = "malformed_json"
  case invalidQuery = "invalid_query"
  case malformedIdempotencyKey = "malformed_idempotency_key"
  case malformedPrecondition = "malformed_precondition"
  case malformedCursor = "malformed_cursor"

  // Where it was sent, and by whom
  case wrongHost = "wrong_host"
  case crossOrigin = "cross_origin"
  case unknownPath = "unknown_path"
  case methodNotAllowed = "method_not_allowed"
  case signedOut = "signed_out"
  case invalidToken = "invalid_token"
  case signInLinkUnknown = "sign_in_link_unknown"
  case signInLinkUsed = "sign_in_link_used"
  case signInLinkExpired = "sign_in_link_expired"
  case forbidden

  // How much of it there is
  case tooManyAttempts = "too_many_attempts"
  case tooManyStreams = "too_many_streams"

  // What the operation says
  case unknownOperation = "unknown_operation"
  case unknownVersion = "unknown_version"
  case invalidInput = "invalid_input"
  case notFound = "not_found"
  case refused
  case preconditionRequired = "precondition_required"
  case preconditionFailed = "precondition_failed"
  case idempotencyKeyReused = "idempotency_key_reused"
  case undoConflict = "undo_conflict"
  case notUndoable = "not_undoable"
  case alreadyUndone = "already_undone"
  case executionFailed = "execution_failed"
  case turnInProgress = "turn_in_progress"

  // What Arbiter or its disk cannot do now
  case overloaded
  case rolledBack = "rolled_back"
  case timedOut = "timed_out"
  case storageUnavailable = "storage_unavailable"
  case storageFull = "storage_full"
  case storageReadOnly = "storage_read_only"
  case storageDamaged = "storage_damaged"
  case outcomeUnknown = "outcome_unknown"
  case interrupted
  case replayDiffers = "replay_differs"
  case journalDamaged = "journal_damaged"
  case internalMistake = "internal_mistake"
}
