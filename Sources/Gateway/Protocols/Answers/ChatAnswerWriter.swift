import Inference
import StrictJSON

/// Writes an answer as `POST /v1/chat/completions` streams it (OpenAI API reference, Chat Completions, Streaming).
///
/// Every chunk has the same id, time and model. What the model thinks comes as `reasoning_content`, as servers beside
/// OpenAI have it; the proof of a thought has no place there. An upstream that gave no reason for its end gets none
/// here either.
struct ChatAnswerWriter: AnswerWriter {
  private let head: AnswerHead
  /// The beginning of every chunk, up to its `delta`.
  private var beginning: [UInt8] = []
  private var ending: [UInt8]
  private var usage: TokenUsage?
  private var hasFinished = false
  private var isOver = false

  init(_ head: AnswerHead) {
    self.head = head
    ending = Array((head.wantsUsage ? "],\"usage\":null}" : "]}").utf8)
  }

  mutating func frames(for event: ModelEvent) -> [String] {
    guard !isOver else { return [] }
    switch event {
    case .started(let model):
      begin(model)
      return [
        chunk { frame in frame.raw(#"{"role":"assistant","content":"","refusal":null}"#) }
      ]
    case .text(let text):
      return [
        chunk(capacity: text.utf8.count) { frame in
          frame.raw(#"{"content":"#)
          frame.quoted(text)
          frame.raw("}")
        }
      ]
    case .thinking(let piece):
      guard !piece.text.isEmpty else { return [] }
      return [
        chunk(capacity: piece.text.utf8.count) { frame in
          frame.raw(#"{"reasoning_content":"#)
          frame.quoted(piece.text)
          frame.raw("}")
        }
      ]
    case .toolCall(let piece): return [chunk(for: piece)]
    case .usage(let usage):
      self.usage = usage
      return []
    case .finished(let reason):
      hasFinished = true
      return reason.chatWord.map { [chunk(finish: $0) { frame in frame.raw("{}") }] } ?? []
    }
  }

  mutating func end() -> [String] {
    guard !isOver else { return [] }
    guard hasFinished else { return failure(.unfinished) }
    isOver = true
    var frames: [String] = []
    if head.wantsUsage, let usage {
      var frame = Frame()
      frame.raw(beginning)
      frame.raw(#""choices":[],"usage":"#)
      frame.value(usage.chatDocument)
      frame.raw("}")
      frames.append(frame.text())
    }
    return frames + ["data: [DONE]\n\n"]
  }

  /// There is no `[DONE]` after it: nobody takes the answer for a whole one.
  mutating func failure(_ fault: GatewayFault) -> [String] {
    guard !isOver else { return [] }
    isOver = true
    var frame = Frame()
    frame.value(["error": fault.openAIError])
    return [frame.text()]
  }

  private mutating func begin(_ model: String) {
    beginning = Array(#"{"id":"#.utf8)
    beginning.appendQuoted("chatcmpl-" + head.id)
    beginning += #","object":"chat.completion.chunk","created":"#.utf8
    beginning.appendDecimal(head.createdSeconds)
    beginning += #","model":"#.utf8
    beginning.appendQuoted(head.model(model))
    beginning += ",".utf8
  }

  private func chunk(for piece: ModelToolCallPiece) -> String {
    chunk(capacity: piece.arguments.utf8.count) { frame in
      frame.raw(#"{"tool_calls":[{"index":"#)
      frame.number(piece.index)
      if let id = piece.id {
        frame.raw(#","id":"#)
        frame.quoted(id)
        frame.raw(#","type":"function""#)
      }
      frame.raw(#","function":{"#)
      if let name = piece.name {
        frame.raw(#""name":"#)
        frame.quoted(name)
        frame.raw(",")
      }
      frame.raw(#""arguments":"#)
      frame.quoted(piece.arguments)
      frame.raw("}}]}")
    }
  }

  private func chunk(finish: String? = nil, capacity: Int = 0, _ delta: (inout Frame) -> Void) -> String {
    var frame = Frame(capacity: capacity)
    frame.raw(beginning)
    frame.raw(#""choices":[{"index":0,"delta":"#)
    delta(&frame)
    frame.raw(#","logprobs":null,"finish_reason":"#)
    if let finish { frame.quoted(finish) } else { frame.raw("null") }
    frame.raw("}")
    frame.raw(ending)
    return frame.text()
  }
}
