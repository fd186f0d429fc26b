/// Holds a provider to the grammar of an answer: `started (text | usage)* finished`, and nothing after it.
///
/// A pure state machine; ``ModelStream`` runs every event of every provider through one.
struct StreamRules {
  private enum Stage { case new, open, finished }

  let provider: String
  let textBytesMax: Int
  /// The text so far.
  private(set) var kept = ""
  private var stage = Stage.new

  init(provider: String, textBytesMax: Int) {
    self.provider = provider
    self.textBytesMax = textBytesMax
  }

  /// Whether the terminal event has come.
  var isFinished: Bool { stage == .finished }

  /// - Returns: whether the event is to be handed on; an empty text is not.
  /// - Throws: `nonsense` for an event out of order, `tooLarge` for text beyond the bound.
  mutating func accept(_ event: ModelEvent) throws(InferenceError) -> Bool {
    switch (stage, event) {
    case (.new, .started): stage = .open
    case (.open, .text(let text)): try keep(text)
    case (.open, .usage): break
    case (.open, .finished): stage = .finished
    case (.new, _): throw .nonsense(provider, "its answer did not begin with the name of a model.")
    case (.open, .started): throw .nonsense(provider, "its answer began twice.")
    case (.finished, _): throw .nonsense(provider, "its answer went on after its end.")
    }
    return event != .text("")
  }

  /// - Throws: `cut` unless the terminal event has come.
  func end() throws(InferenceError) {
    guard isFinished else { throw .cut(provider) }
  }

  private mutating func keep(_ text: String) throws(InferenceError) {
    guard text.utf8.count <= textBytesMax - kept.utf8.count else {
      throw .tooLarge(provider, "an answer may have \(textBytesMax) bytes of text.")
    }
    kept += text
  }
}
