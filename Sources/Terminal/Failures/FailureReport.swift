import ArgumentParser
import Operations
import Storage
import StrictJSON

/// An error as the terminal tells it: a status and lines for standard error.
struct FailureReport: Sendable, Hashable {
  /// Faults of an input that are listed; the rest is counted.
  static let errorsMax = 20

  let status: ExitStatus
  let lines: [String]

  init(_ error: any Error) {
    switch error {
    case let error as TerminalError: self.init(error.status, error.message, error.errors)
    case let error as ServerProblem: self.init(.failed, error.message, error.errors)
    case let error as OperationError: self.init(.failed, error.message, error.errors)
    case let error as StorageError: self.init(.failed, error.description)
    case let error as JSONFault: self.init(.failed, "The JSON cannot be used.", error.errors)
    case is CancellationError: self.init(.failed, "Stopped.")
    default: self.init(linesOf: "\(error)")
    }
  }

  /// Of the floors above, whose errors say all their faults at once, a line each.
  private init(linesOf text: String) {
    status = .failed
    let all = text.split(separator: "\n").map { PlainText.line(String($0)) }
    lines = all.prefix(1).map { "Error: \($0)" } + all.dropFirst().map { "  \($0)" }
  }

  private init(_ status: ExitStatus, _ message: String?, _ errors: [FieldError] = []) {
    self.status = status
    lines = message.map { ["Error: \(PlainText.line($0))"] + Self.lines(for: errors, under: $0) } ?? []
  }

  private static func lines(for errors: [FieldError], under message: String) -> [String] {
    // The message of a single fault is mostly in the sentence already.
    if errors.count == 1, message.contains(errors[0].message) { return [] }
    let rest = errors.count > errorsMax ? ["  … and \(errors.count - errorsMax) more"] : []
    return errors.prefix(errorsMax).map { "  \(PlainText.line($0.description))" } + rest
  }
}
