/// A piece of an answer on its way to the reader, which tells what it means.
package protocol AnswerFrame: Sendable, Codable {
  /// In order; empty for what only keeps a line open.
  var events: [ModelEvent] { get }
  /// About how many bytes it takes to keep it.
  var keptBytes: Int { get }
}

extension ModelEvent: AnswerFrame {
  package var events: [ModelEvent] { [self] }

  package var keptBytes: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .thinking(let piece): piece.text.utf8.count + piece.signature.utf8.count
    case .toolCall(let piece): piece.arguments.utf8.count
    case .started, .usage, .finished: 64
    }
  }
}

extension ModelEvent {
  /// Whether the model speaks.
  package var isPiece: Bool {
    switch self {
    case .text, .thinking, .toolCall: true
    case .started, .usage, .finished: false
    }
  }

  /// Whether the answer is whole.
  package var isEnd: Bool { if case .finished = self { true } else { false } }
}

extension AnswerFrame {
  /// Whether it is something that a reader cannot be asked to forget: a piece of the answer, or its end.
  var isPiece: Bool { events.contains { $0.isPiece || $0.isEnd } }

  /// Whether it only begins an answer.
  var isBeginning: Bool {
    !events.isEmpty && events.allSatisfy { event in if case .started = event { true } else { false } }
  }
}

/// How an answer reaches its reader.
package enum AnswerDelivery: Sendable, Hashable {
  /// Piece by piece: what has been read cannot be taken back.
  case asItComes
  /// When it is whole: an attempt that broke off is made again.
  case whole
}
