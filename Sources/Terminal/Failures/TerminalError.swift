import StrictJSON

/// Why a command could not do what it was asked.
struct TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
  let status: ExitStatus
  /// A sentence; nil when the results already say it.
  let message: String?
  /// Each fault with its place in the input.
  let errors: [FieldError]

  private init(_ status: ExitStatus, _ message: String?, errors: [FieldError] = []) {
    self.status = status
    self.message = message
    self.errors = errors
  }

  static func failed(_ message: String, errors: [FieldError] = []) -> TerminalError {
    TerminalError(.failed, message, errors: errors)
  }

  /// The arguments make no sense together, which shows only when the command looks at them.
  static func usage(_ message: String, errors: [FieldError] = []) -> TerminalError {
    TerminalError(.usage, message, errors: errors)
  }

  /// What was checked is not in order, as the results say.
  static let notInOrder = TerminalError(.failed, nil)

  var description: String { message ?? "Something is not in order." }
}
