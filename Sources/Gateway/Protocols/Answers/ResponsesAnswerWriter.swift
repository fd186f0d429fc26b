import Inference
import StrictJSON

/// Writes an answer as `POST /v1/responses` streams it (OpenAI API reference, Responses, Streaming events).
///
/// Events are numbered from 0 without a gap; the terminal one is `response.completed`, `response.incomplete` or
/// `response.failed`, exactly one of them. A response that was cancelled ends with `response.incomplete`, whose response has
/// the status `cancelled`: the protocol has no event of its own for it. Text and thoughts are items that are done when another kind follows; calls
/// of tools, which may come interleaved, are done at the end. What the model thinks comes as the summary of a reasoning
/// item, which clients show.
struct ResponsesAnswerWriter: AnswerWriter {
  private enum Open { case message, reasoning }

  private let head: AnswerHead
  /// The response as the latest of the events that hold it tells it.
  private(set) var document: ResponseDocument
  private var sequence = 0
  private var isQueued = false
  private var hasBegun = false
  private var isOver = false
  private var reason: FinishReason?
  /// The items that are done, by their numbers.
  private var output: [JSON?] = []
  private var open: Open?
  private var openIndex = 0
  private var text = ""
  private var signature = ""
  private var hasPart = false
  private var calls: [(index: Int, call: ModelToolCall)] = []

  init(_ head: AnswerHead) {
    self.head = head
    document = ResponseDocument(head: head)
  }

  mutating func frames(for event: ModelEvent) -> [String] {
    guard !isOver else { return [] }
    switch event {
    case .started(let model):
      document.model = model
      return begin()
    case .usage(let usage):
      document.usage = usage
      return []
    case .text(let piece):
      let frames = opening(.message)
      text += piece
      return frames + [textDelta(piece)]
    case .thinking(let piece): return frames(for: piece)
    case .toolCall(let piece): return frames(for: piece)
    case .finished(let reason):
      self.reason = reason
      return closing(endStatus) + calls.indices.flatMap { done($0) }
    }
  }

  mutating func end() -> [String] {
    guard !isOver else { return [] }
    guard reason != nil else { return failure(.unfinished) }
    isOver = true
    document.status = endStatus
    document.output = output.compactMap { $0 }
    return [
      endStatus == .incomplete
        ? lifecycle("response.incomplete")
        : lifecycle("response.completed")
    ]
  }

  mutating func failure(_ fault: GatewayFault) -> [String] {
    if !isOver { document.error = fault.responseError }
    return breakingOff(.failed, "response.failed")
  }

  /// The last frames of a response that somebody stopped.
  mutating func cancel() -> [String] { breakingOff(.cancelled, "response.incomplete") }

  /// The first frames of a response that waits for its turn.
  mutating func queue() -> [String] {
    guard !hasBegun, !isQueued else { return [] }
    isQueued = true
    document.status = .queued
    return [lifecycle("response.created"), lifecycle("response.queued")]
  }

  private mutating func breakingOff(_ status: ResponseDocument.Status, _ name: StaticString) -> [String] {
    guard !isOver else { return [] }
    let beginning = isQueued ? [] : begin()
    isOver = true
    if let item = openItem { output[openIndex] = item.json(head, openIndex, status: .incomplete) }
    for (index, call) in calls where output[index] == nil {
      output[index] = ResponseItem.call(call).json(head, index, status: .incomplete)
    }
    document.status = status
    document.output = output.compactMap { $0 }
    return beginning + [lifecycle(name)]
  }

  /// How what is still open ends: at the bound of tokens it is a beginning.
  private var endStatus: ResponseDocument.Status { reason == .length ? .incomplete : .completed }

  private var openItem: ResponseItem? {
    switch open {
    case .message: .message(text)
    case .reasoning: .reasoning(ModelThinking(text, signature: signature))
    case nil: nil
    }
  }

  /// The frames that say that somebody is asked; what ``queue()`` has said is not said again.
  mutating func begin() -> [String] {
    guard !hasBegun else { return [] }
    hasBegun = true
    document.status = .inProgress
    let created = isQueued ? [] : [lifecycle("response.created")]
    return created + [lifecycle("response.in_progress")]
  }

  private mutating func frames(for piece: ModelThinking) -> [String] {
    // A text after the proof of another is another thought.
    var frames = !signature.isEmpty && !piece.text.isEmpty ? closing(.completed) : []
    frames += opening(.reasoning)
    signature += piece.signature
    guard !piece.text.isEmpty else { return frames }
    if !hasPart {
      hasPart = true
      frames.append(
        part("response.reasoning_summary_part.added", ResponseItem.summary("")))
    }
    text += piece.text
    frames.append(
      ResponseFrame.text("response.reasoning_summary_text.delta", next()) { frame in
        place(&frame)
        frame.raw(#","summary_index":0,"delta":"#)
        frame.quoted(piece.text)
      })
    return frames
  }

  private mutating func frames(for piece: ModelToolCallPiece) -> [String] {
    var frames: [String] = []
    if piece.index >= calls.count {
      frames = closing(.completed)
      let call = ModelToolCall(id: piece.id ?? "", name: piece.name ?? "", arguments: "")
      calls.append((output.count, call))
      frames.append(added(.call(call)))
    }
    guard !piece.arguments.isEmpty, calls.indices.contains(piece.index) else { return frames }
    calls[piece.index].call.arguments += piece.arguments
    let index = calls[piece.index].index
    let id = ResponseItem.call(calls[piece.index].call).id(head, index)
    frames.append(
      ResponseFrame.text("response.function_call_arguments.delta", next()) { frame in
        ResponseFrame.place(&frame, id, index)
        frame.raw(#","delta":"#)
        frame.quoted(piece.arguments)
      })
    return frames
  }
}

// Items as they begin and end, and the events they are told by.
extension ResponsesAnswerWriter {
  private mutating func opening(_ kind: Open) -> [String] {
    guard open != kind else { return [] }
    var frames = closing(.completed)
    open = kind
    openIndex = output.count
    frames.append(added(openItem ?? .message("")))
    if kind == .message {
      frames.append(part("response.content_part.added", ResponseItem.part("")))
    }
    return frames
  }

  private mutating func closing(_ status: ResponseDocument.Status) -> [String] {
    guard let item = openItem else { return [] }
    var frames: [String] = []
    switch open {
    case .message:
      frames = [
        ResponseFrame.text("response.output_text.done", next()) { frame in
          place(&frame)
          frame.raw(#","content_index":0,"logprobs":[],"text":"#)
          frame.quoted(text)
        },
        part("response.content_part.done", ResponseItem.part(text)),
      ]
    case .reasoning where hasPart:
      frames = [
        ResponseFrame.text("response.reasoning_summary_text.done", next()) { frame in
          place(&frame)
          frame.raw(#","summary_index":0,"text":"#)
          frame.quoted(text)
        },
        part("response.reasoning_summary_part.done", ResponseItem.summary(text)),
      ]
    default: break
    }
    frames.append(done(item.json(head, openIndex, status: status), openIndex))
    open = nil
    text = ""
    signature = ""
    hasPart = false
    return frames
  }

  private mutating func done(_ number: Int) -> [String] {
    let (index, call) = calls[number]
    let arguments = ResponseFrame.text("response.function_call_arguments.done", next()) { frame in
      ResponseFrame.place(&frame, ResponseItem.call(call).id(head, index), index)
      frame.raw(#","name":"#)
      frame.quoted(call.name)
      frame.raw(#","arguments":"#)
      frame.quoted(call.arguments)
    }
    return [arguments, done(ResponseItem.call(call).json(head, index, status: endStatus), index)]
  }

  private mutating func added(_ item: ResponseItem) -> String {
    let index = output.count
    output.append(nil)
    return ResponseFrame.text("response.output_item.added", next()) { frame in
      frame.raw(#","output_index":"#)
      frame.number(index)
      frame.raw(#","item":"#)
      frame.value(item.json(head, index, isBeginning: true, status: .inProgress))
    }
  }

  private mutating func done(_ item: JSON, _ index: Int) -> String {
    output[index] = item
    return ResponseFrame.text("response.output_item.done", next()) { frame in
      frame.raw(#","output_index":"#)
      frame.number(index)
      frame.raw(#","item":"#)
      frame.value(item)
    }
  }

  private mutating func textDelta(_ piece: String) -> String {
    ResponseFrame.text("response.output_text.delta", next(), capacity: piece.utf8.count) { frame in
      place(&frame)
      frame.raw(#","content_index":0,"delta":"#)
      frame.quoted(piece)
      frame.raw(#","logprobs":[]"#)
    }
  }

  private mutating func part(_ name: StaticString, _ part: JSON) -> String {
    ResponseFrame.text(name, next()) { frame in
      place(&frame)
      frame.raw(open == .message ? #","content_index":0,"part":"# : #","summary_index":0,"part":"#)
      frame.value(part)
    }
  }

  private mutating func lifecycle(_ name: StaticString) -> String {
    ResponseFrame.text(name, next()) { frame in
      frame.raw(#","response":"#)
      frame.value(document.json)
    }
  }

  /// Which item an event is about: the open one.
  private func place(_ frame: inout Frame) {
    ResponseFrame.place(&frame, (openItem ?? .message("")).id(head, openIndex), openIndex)
  }

  /// The next number of the stream.
  private mutating func next() -> Int {
    defer { sequence += 1 }
    return sequence
  }
}
