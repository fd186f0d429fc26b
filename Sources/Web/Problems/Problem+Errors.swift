import HTTPTypes
import Identity
import NIOCore
import Operations
import Proposals
import Storage
import StrictJSON

extension Problem {
  /// The one place where errors of the modules below become problems.
  ///
  /// What is our mistake or the machine's trouble is told in general words; its own words are for the log.
  init(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as OperationError: self.init(error)
    case let error as TurnInProgress:
      self.init(.turnInProgress, error.description)
      members["run"] = .string("\(error.run)")
    case let error as IdentityError: self.init(ProblemCode(error.kind), error.message)
    case let error as StorageError: self.init(error)
    case let fault as JSONFault:
      self.init(.malformedJSON, "The body cannot be used: \(fault)", errors: fault.errors)
    case is NIOTooManyBytesError: self = .bodyTooLarge
    case let refused as ConnectionGuard.Refused: self = refused.problem
    case is CancellationError, is ChannelError, is IOError:
      self.init(.interrupted, "The request was interrupted before it was done.")
    default: self = .internalMistake
    }
  }

  private init(_ error: OperationError) {
    let code = ProblemCode(error.code)
    guard code.status.code < 500 else {
      self.init(code, code.facts.explanation)
      return
    }
    self.init(code, error.message, errors: error.errors)
  }

  private init(_ error: StorageError) {
    let code = ProblemCode(error.kind)
    self.init(code, code.status == .internalServerError ? code.facts.explanation : error.message)
  }

  static let bodyTooLarge = Problem(.bodyTooLarge, "The body is longer than the limit allows.")
  static let internalMistake = Problem(.internalMistake, ProblemCode.internalMistake.facts.explanation)
}

extension ProblemCode {
  init(_ code: OperationError.Code) {
    self =
      switch code {
      case .unknownOperation: .unknownOperation
      case .unknownVersion: .unknownVersion
      case .invalidInput: .invalidInput
      case .forbidden: .forbidden
      case .notFound: .notFound
      case .refused: .refused
      case .preconditionRequired: .preconditionRequired
      case .preconditionFailed: .preconditionFailed
      case .keyReused: .idempotencyKeyReused
      case .undoConflict: .undoConflict
      case .notUndoable: .notUndoable
      case .alreadyUndone: .alreadyUndone
      case .executionFailed: .executionFailed
      case .replayDiffers: .replayDiffers
      case .journalDamaged: .journalDamaged
      case .internalMistake: .internalMistake
      }
  }

  init(_ kind: IdentityError.Kind) {
    self =
      switch kind {
      case .linkUnknown: .signInLinkUnknown
      case .linkUsed: .signInLinkUsed
      case .linkExpired: .signInLinkExpired
      case .signedOut: .signedOut
      }
  }

  init(_ kind: StorageError.Kind) {
    self =
      switch kind {
      case .overloaded: .overloaded
      case .rolledBack: .rolledBack
      case .outcomeUnknown: .outcomeUnknown
      case .readOnly: .storageReadOnly
      case .full: .storageFull
      case .timedOut: .timedOut
      case .unavailable: .storageUnavailable
      // A constraint or a row that the code did not expect is our mistake, whatever the request said.
      case .constraint, .decoding, .statement: .internalMistake
      case .newerSchema, .changedMigration, .damaged, .locked, .noAccess: .storageDamaged
      }
  }
}
