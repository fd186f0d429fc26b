import Synchronization

/// What became known of an attempt while it ran.
final class CallTally: Sendable {
  private struct State {
    var model: String?
    var usage: TokenUsage?
    var keptBytes = 0
    var firstPiece: Duration?
    var finish: FinishReason?
  }

  private let elapsed: @Sendable () -> Duration
  private let beginning: Duration
  private let state = Mutex(State())

  init(elapsed: @escaping @Sendable () -> Duration) {
    self.elapsed = elapsed
    beginning = elapsed()
  }

  func note(_ events: [ModelEvent]) {
    guard !events.isEmpty else { return }
    let now = elapsed()
    state.withLock { state in
      for event in events {
        switch event {
        case .started(let model): state.model = model.isEmpty ? nil : model
        case .text(let text): state.keptBytes += text.utf8.count
        case .thinking(let piece): state.keptBytes += piece.text.utf8.count
        case .toolCall(let piece): state.keptBytes += piece.arguments.utf8.count + (piece.name?.utf8.count ?? 0)
        case .usage(let usage): state.usage = usage
        case .finished(let reason): state.finish = reason
        }
        if event.isPiece, state.firstPiece == nil { state.firstPiece = now - beginning }
      }
    }
  }

  /// What is booked for an answer that was there.
  var cached: CallOutcome {
    state.withLock { state in
      CallOutcome(.cached, modelAnswered: state.model, keptBytes: state.keptBytes, finish: state.finish)
    }
  }

  /// - Parameter error: nil for an attempt that brought its answer.
  func outcome(after error: (any Error)?) -> CallOutcome {
    let now = elapsed()
    return state.withLock { state in
      let failure = error as? InferenceError
      let end: CallOutcome.End =
        switch (error, failure?.kind) {
        case (nil, _): .finished
        case (_, .some): state.firstPiece == nil ? .failed : .cut
        case (_, nil): .stopped
        }
      return CallOutcome(
        end, modelAnswered: state.model, usage: state.usage, keptBytes: state.keptBytes,
        hasBegun: state.firstPiece != nil, firstPiece: state.firstPiece, duration: now - beginning,
        error: failure?.kind, finish: state.finish)
    }
  }
}
