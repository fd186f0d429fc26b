/// Holds a provider to the grammar of an answer: `started (text | thinking | toolCall | usage)* finished`, and nothing after
/// it. Tool calls are numbered from 0 without a gap, and the first piece of each names it.
///
/// A pure state machine; ``ModelStream`` runs every event of every provider through one.
package struct StreamRules: Sendable {
  private enum Stage { case new, open, finished }

  let provider: String
  let textBytesMax: Int
  /// The text so far.
  package private(set) var kept = ""
  private var bytes = 0
  private var toolCalls = 0
  private var stage = Stage.new

  package init(provider: String, textBytesMax: Int) {
    self.provider = provider
    self.textBytesMax = textBytesMax
  }

  /// Whether the terminal event has come.
  var isFinished: Bool { stage == .finished }

  /// - Returns: whether the event is to be handed on; an empty text is not.
  /// - Throws: `nonsense` for an event out of order, `tooLarge` for text beyond the bound.
  @discardableResult
  package mutating func accept(_ event: ModelEvent) throws(InferenceError) -> Bool {
    switch (stage, event) {
    case (.new, .started): stage = .open
    case (.open, .text(let text)):
      try count(text)
      kept += text
    case (.open, .thinking(let piece)): try count(piece.text + piece.signature)
    case (.open, .toolCall(let piece)): try accept(piece)
    case (.open, .usage): break
    case (.open, .finished): stage = .finished
    case (.new, _): throw .nonsense(provider, "its answer did not begin with the name of a model.")
    case (.open, .started): throw .nonsense(provider, "its answer began twice.")
    case (.finished, _): throw .nonsense(provider, "its answer went on after its end.")
    }
    return event != .text("") && event != .thinking(ModelThinking(""))
  }

  /// - Throws: `cut` unless the terminal event has come.
  func end() throws(InferenceError) {
    guard isFinished else { throw .cut(provider) }
  }

  private mutating func count(_ text: String) throws(InferenceError) {
    bytes += text.utf8.count
    guard bytes <= textBytesMax else {
      throw .tooLarge(provider, "an answer may have \(textBytesMax) bytes of text.")
    }
  }

  private mutating func accept(_ piece: ModelToolCallPiece) throws(InferenceError) {
    try count((piece.id ?? "") + (piece.name ?? "") + piece.arguments)
    guard piece.index != toolCalls else {
      guard piece.id?.isEmpty == false, piece.name?.isEmpty == false else {
        throw .nonsense(provider, "it calls a tool without naming it.")
      }
      guard toolCalls < RequestLimits.toolCallsMax else {
        throw .tooLarge(provider, "an answer may call \(RequestLimits.toolCallsMax) tools.")
      }
      toolCalls += 1
      return
    }
    guard (0..<toolCalls).contains(piece.index) else {
      throw .nonsense(provider, "it goes on with tool call \(piece.index), which did not begin.")
    }
  }
}
