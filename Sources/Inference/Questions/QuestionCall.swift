/// A question to a provider, told as ``QuestionEvent``s.
struct QuestionCall: Sendable {
  let target: QuestionTarget
  let provider: any ModelProvider
  let request: ModelRequest
  /// Nil where it is not known.
  let price: ModelPrice?
  /// The time since any fixed moment.
  let elapsed: @Sendable () -> Duration

  /// - Throws: `CancellationError`; what `emit` throws. What goes wrong with the model is in the report, the last event.
  func run(_ emit: (QuestionEvent) async throws -> Void) async throws {
    try await emit(.asked(target))
    let beginning = elapsed()
    var report = QuestionReport(durationMicros: 0)
    do {
      for try await event in provider.stream(request) {
        if event.isPiece, report.firstPieceMicros == nil {
          report.firstPieceMicros = (elapsed() - beginning).wholeMicroseconds
        }
        switch event {
        case .started(let model): report.model = model
        case .text(let text): try await emit(.text(text))
        case .thinking(let piece): if !piece.text.isEmpty { try await emit(.thinking(piece.text)) }
        // Nothing is offered that could be called.
        case .toolCall: break
        case .usage(let usage): report.usage = usage
        case .finished(let reason): report.finish = reason.name
        }
      }
    } catch let error as InferenceError {
      report.failure = QuestionReport.Failure(error)
    }
    report.durationMicros = (elapsed() - beginning).wholeMicroseconds
    // What costs nothing does so whatever was told.
    report.costMicros = price?.isFree == true ? 0 : report.usage.flatMap { usage in price?.micros(of: usage) }
    try await emit(.report(report))
  }
}
