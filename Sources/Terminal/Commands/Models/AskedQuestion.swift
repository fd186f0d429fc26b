import Inference
import Synchronization

/// A question that a command asks. Ctrl-C stops the call, and what it used is booked.
final class AskedQuestion: Sendable {
  private let question: ModelQuestion
  private let folder: FolderOptions
  private let command: String
  private let report = Mutex<QuestionReport?>(nil)

  /// - Parameter command: as `arbiter infer`.
  init(_ question: ModelQuestion, of folder: FolderOptions, as command: String) {
    self.question = question
    self.folder = folder
    self.command = command
  }

  /// - Parameter take: gets what comes, in order.
  /// - Throws: `CancellationError` when the person broke off; what `take` throws.
  func ask(
    in session: TerminalSession, _ take: @escaping @Sendable (QuestionEvent) throws -> Void
  ) async throws -> QuestionReport {
    let asking = Task {
      try await session.withOperations(of: folder, as: command) { door in
        try await door.ask(question) { event in
          if case .report(let last) = event { self.report.withLock { $0 = last } }
          try take(event)
        }
      }
    }
    let watching = Task {
      for await _ in session.surroundings.interrupts() { asking.cancel() }
    }
    defer { watching.cancel() }
    try await withTaskCancellationHandler {
      try await asking.value
    } onCancel: {
      asking.cancel()
    }
    guard let report = report.withLock({ $0 }) else { throw CancellationError() }
    return report
  }
}
