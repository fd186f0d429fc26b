import Inference
import StrictJSON
import Synchronization

/// What a command has heard of an answer.
final class HeardAnswer: Sendable {
  private let state = Mutex<[QuestionEvent]>([])

  func take(_ event: QuestionEvent) {
    state.withLock { events in
      // One text, however many pieces it came in.
      if case .text(let more) = event, case .text(let text)? = events.last {
        events[events.count - 1] = .text(text + more)
      } else {
        events.append(event)
      }
    }
  }

  var events: [QuestionEvent] { state.withLock { $0 } }

  var target: QuestionTarget? {
    events.lazy.compactMap { event in if case .asked(let target) = event { target } else { nil } }.first
  }

  var text: String {
    events.map { event in if case .text(let text) = event { text } else { "" } }.joined()
  }

  /// Whether the last line has no end yet.
  var isMidLine: Bool { !text.isEmpty && !text.hasSuffix("\n") }

  func document(_ report: QuestionReport) throws -> JSON {
    ["asked": try JSON(encoding: target), "text": .string(text), "report": try JSON(encoding: report)]
  }
}
