/// Questions that are written down with what came of them, and answered from there again.
///
/// A question is found by its words, its bound and the name that was asked: where the name led, and where it would lead now,
/// makes no difference.
package struct QuestionRecording: Sendable {
  private let question: ModelQuestion
  private let folder: CallFolder

  package init(of question: ModelQuestion, in folder: CallFolder) {
    self.question = question
    self.folder = folder
  }

  private var request: ModelRequest { question.request(of: question.model ?? ModelName.chosen) }

  /// Writes what came, in place of what was written before of the same question. Without a report there is nothing to
  /// write: how it would have ended is not known.
  package func write(_ events: [QuestionEvent]) throws {
    var provider = ""
    var report: QuestionReport?
    var (text, thinking) = ("", "")
    for event in events {
      switch event {
      case .asked(let target): provider = target.provider
      case .text(let piece): text += piece
      case .thinking(let piece): thinking += piece
      case .report(let last): report = last
      }
    }
    guard let report else { return }
    var told = report.model.map { [ModelEvent.started(model: $0)] } ?? []
    if !thinking.isEmpty { told.append(.thinking(ModelThinking(thinking))) }
    if !text.isEmpty { told.append(.text(text)) }
    if let usage = report.usage { told.append(.usage(usage)) }
    if report.failure == nil { told.append(.finished(FinishReason(named: report.finish))) }
    let error = report.failure.map { InferenceError($0.kind, from: provider, $0.message, kept: text) }
    try folder.write(CallRecord(provider: provider, request: request, events: told, error: error))
  }

  /// Answers the question as it was answered. Asks nobody.
  ///
  /// - Throws: `CancellationError`; what `emit` throws. That it was not recorded is in the report.
  package func replay(_ emit: (QuestionEvent) async throws -> Void) async throws {
    let provider = ReplayProvider(from: folder)
    try await QuestionCall(
      target: QuestionTarget(provider: provider.name, model: request.model), provider: provider, request: request,
      price: nil, elapsed: Stopwatch(ContinuousClock()).elapsed
    ).run(emit)
  }
}

extension FinishReason {
  /// The reason that ``name`` gives.
  fileprivate init(named name: String?) {
    switch name {
    case "stop": self = .stop
    case "length": self = .length
    case "tool_calls": self = .toolCalls
    case nil, "unstated": self = .unstated
    case let name?: self = .other(name)
    }
  }
}
