import Inference
import StrictJSON

/// Writes an answer as `POST /v1/messages` streams it (Anthropic API reference, Streaming Messages).
///
/// Text and thoughts come in blocks that end when another kind follows. The block of a tool call stays open to the end,
/// because calls of other protocols may come interleaved; every delta has the number of its block. The proof of a
/// thought is written whole before its block ends: Anthropic's clients keep the last `signature_delta` and do not join
/// them.
///
/// The protocol wants numbers of tokens from the first frame on. What is not known yet, or never told, stands as 0
/// there.
struct MessagesAnswerWriter: AnswerWriter {
  private enum Block { case text, thinking }

  private let head: AnswerHead
  /// The name of the model, until the first frame is written: usage that is known by then stands in it.
  private var model: String?
  private var usage = TokenUsage()
  private var blocks = 0
  private var open: Block?
  private var signature = ""
  /// The block of each call.
  private var calls: [Int] = []
  private var reason: FinishReason?
  private var isOver = false

  init(_ head: AnswerHead) { self.head = head }

  mutating func frames(for event: ModelEvent) -> [String] {
    guard !isOver else { return [] }
    switch event {
    case .started(let model):
      self.model = head.model(model)
      return []
    case .usage(let usage):
      self.usage = usage
      return begin()
    case .text(let text): return begin() + opening(.text) + [delta(of: text)]
    case .thinking(let piece): return begin() + frames(for: piece)
    case .toolCall(let piece): return begin() + frames(for: piece)
    case .finished(let reason):
      self.reason = reason
      return begin() + closing() + calls.map(stop)
    }
  }

  mutating func end() -> [String] {
    guard !isOver else { return [] }
    guard let reason else { return failure(.unfinished) }
    isOver = true
    var frame = Frame(event: "message_delta")
    frame.raw(#"{"type":"message_delta","delta":{"stop_reason":"#)
    frame.value(reason.messagesWord.map { .string($0) } ?? .null)
    frame.raw(#","stop_sequence":null},"usage":"#)
    frame.value(usage.messagesDocument)
    frame.raw("}")
    return [frame.text(), "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"]
  }

  mutating func failure(_ fault: GatewayFault) -> [String] {
    guard !isOver else { return [] }
    isOver = true
    var frame = Frame(event: "error")
    frame.value(fault.anthropicDocument)
    return [frame.text()]
  }

  private mutating func begin() -> [String] {
    guard let model else { return [] }
    self.model = nil
    var frame = Frame(event: "message_start")
    frame.value([
      "type": "message_start",
      "message": [
        "id": .string("msg_" + head.id), "type": "message", "role": "assistant", "model": .string(model), "content": [],
        "stop_reason": .null, "stop_sequence": .null, "usage": usage.messagesDocument,
      ],
    ])
    return [frame.text()]
  }

  private mutating func frames(for piece: ModelThinking) -> [String] {
    // A text after the proof of another is another thought.
    let ended = !signature.isEmpty && !piece.text.isEmpty ? closing() : []
    let frames = ended + opening(.thinking)
    signature += piece.signature
    guard !piece.text.isEmpty else { return frames }
    return frames + [delta(#"{"type":"thinking_delta","thinking":"#, piece.text, at: blocks - 1)]
  }

  private mutating func frames(for piece: ModelToolCallPiece) -> [String] {
    var frames: [String] = []
    if piece.index >= calls.count {
      frames = closing()
      calls.append(blocks)
      frames.append(
        start([
          "type": "tool_use", "id": .string(piece.id ?? ""), "name": .string(piece.name ?? ""), "input": [:],
        ]))
    }
    guard !piece.arguments.isEmpty, calls.indices.contains(piece.index) else { return frames }
    return frames
      + [delta(#"{"type":"input_json_delta","partial_json":"#, piece.arguments, at: calls[piece.index])]
  }

  /// The frames after which a block of this kind is open, and the last one there is.
  private mutating func opening(_ block: Block) -> [String] {
    guard open != block else { return [] }
    var frames = closing()
    open = block
    switch block {
    case .text: frames.append(start(["type": "text", "text": ""]))
    case .thinking: frames.append(start(["type": "thinking", "thinking": "", "signature": ""]))
    }
    return frames
  }

  private mutating func closing() -> [String] {
    guard let block = open else { return [] }
    open = nil
    var frames: [String] = []
    if block == .thinking, !signature.isEmpty {
      frames.append(delta(#"{"type":"signature_delta","signature":"#, signature, at: blocks - 1))
      signature = ""
    }
    return frames + [stop(blocks - 1)]
  }

  private mutating func start(_ block: JSON) -> String {
    var frame = Frame(event: "content_block_start")
    frame.raw(#"{"type":"content_block_start","index":"#)
    frame.number(blocks)
    frame.raw(#","content_block":"#)
    frame.value(block)
    frame.raw("}")
    blocks += 1
    return frame.text()
  }

  private func delta(of text: String) -> String { delta(#"{"type":"text_delta","text":"#, text, at: blocks - 1) }

  private func delta(_ beginning: StaticString, _ text: String, at block: Int) -> String {
    var frame = Frame(event: "content_block_delta", capacity: text.utf8.count)
    frame.raw(#"{"type":"content_block_delta","index":"#)
    frame.number(block)
    frame.raw(#","delta":"#)
    frame.raw(beginning)
    frame.quoted(text)
    frame.raw("}}")
    return frame.text()
  }

  private func stop(_ block: Int) -> String {
    var frame = Frame(event: "content_block_stop")
    frame.raw(#"{"type":"content_block_stop","index":"#)
    frame.number(block)
    frame.raw("}")
    return frame.text()
  }
}
