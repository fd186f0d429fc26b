import Inference
import StrictJSON

/// Reads the events of Anthropic's messages protocol (Anthropic API reference, Streaming).
///
/// Lenient: an event is known by the `type` in its data, with or without an `event:` line; `ping` and events and blocks that
/// are not known are passed over; a whole message instead of events. The answer is whole when a `stop_reason` has come, or
/// `message_stop`.
struct MessagesAnswerReader: AnswerReader {
  static let framing = AnswerFraming.events

  /// What the deltas of a block are for.
  private enum Block {
    case text, thinking, passedOver
    case toolCall(Int)
    /// The arguments of ``ModelRequest/answerTool`` are the answer's text.
    case answer
  }

  let provider: String
  let failure: ProviderFailure
  let eventBytesMax: Int
  let answersByTool: Bool
  private var hasStarted = false
  private var reason: FinishReason?
  private var usage = TokenUsage()
  private var blocks: [Int64: Block] = [:]
  private var toolCalls = 0
  private(set) var isDone = false

  init(provider: String, failure: ProviderFailure, eventBytesMax: Int, answersByTool: Bool) {
    self.provider = provider
    self.failure = failure
    self.eventBytesMax = eventBytesMax
    self.answersByTool = answersByTool
  }

  var hasReason: Bool { reason != nil }

  mutating func read(_ data: String) throws(InferenceError) -> [ModelEvent] {
    let event = try JSON(piece: data, bytesMax: eventBytesMax, from: provider)
    switch event["type"]?.text {
    case "message_start": return begin(event["message"] ?? [:])
    case "content_block_start": return started(begin(event["content_block"] ?? [:], at: event["index"]?.int64 ?? 0))
    case "content_block_delta": return started(read(event["delta"] ?? [:], at: event["index"]?.int64 ?? 0))
    case "message_delta": return started(try finish(event["delta"]?["stop_reason"]?.text, event["usage"]))
    case "message_stop": isDone = true
    case "message": return try whole(event)
    case "error": throw failure.error(inStream: event["error"] ?? event)
    default:
      // An error of a proxy in front of the provider has no type, or another.
      if let error = event["error"], !error.isNull { throw failure.error(inStream: error) }
    }
    return []
  }

  mutating func end() throws(InferenceError) -> [ModelEvent] {
    guard isDone || hasReason else { throw .cut(provider) }
    return started([.finished(reason ?? .unstated)])
  }

  private mutating func begin(_ message: JSON) -> [ModelEvent] {
    guard !hasStarted else { return [] }
    hasStarted = true
    let model = String((message["model"]?.text ?? "").prefix(RequestLimits.modelBytesMax))
    return [.started(model: model)] + used(message["usage"])
  }

  /// With the beginning before them, where the server sent none.
  private mutating func started(_ events: [ModelEvent]) -> [ModelEvent] {
    events.isEmpty || hasStarted ? events : begin([:]) + events
  }

  private mutating func begin(_ block: JSON, at index: Int64) -> [ModelEvent] {
    switch block["type"]?.text {
    case "text":
      blocks[index] = .text
      return Self.words(block["text"])
    case "thinking":
      blocks[index] = .thinking
      let thought = ModelThinking(block["thinking"]?.text ?? "", signature: block["signature"]?.text ?? "")
      return thought == ModelThinking("") ? [] : [.thinking(thought)]
    case "tool_use":
      let name = block["name"]?.text ?? ""
      let given = block["input"].flatMap { $0.members?.isEmpty == false ? $0.canonicalText() : nil } ?? ""
      guard !answersByTool || name != ModelRequest.answerTool else {
        blocks[index] = .answer
        return given.isEmpty ? [] : [.text(given)]
      }
      blocks[index] = .toolCall(toolCalls)
      defer { toolCalls += 1 }
      return [
        .toolCall(
          ModelToolCallPiece(
            index: toolCalls, id: block["id"]?.text ?? "call_\(toolCalls)", name: name, arguments: given))
      ]
    default:
      blocks[index] = .passedOver
      return []
    }
  }

  private func read(_ delta: JSON, at index: Int64) -> [ModelEvent] {
    switch (delta["type"]?.text, blocks[index] ?? .text) {
    case ("text_delta", _): return Self.words(delta["text"])
    case ("thinking_delta", _): return [.thinking(ModelThinking(delta["thinking"]?.text ?? ""))]
    case ("signature_delta", _):
      return [.thinking(ModelThinking("", signature: delta["signature"]?.text ?? ""))]
    case ("input_json_delta", .toolCall(let call)):
      return [.toolCall(ModelToolCallPiece(index: call, arguments: delta["partial_json"]?.text ?? ""))]
    case ("input_json_delta", .answer): return Self.words(delta["partial_json"])
    default: return []
    }
  }

  /// A text that says something.
  private static func words(_ value: JSON?) -> [ModelEvent] {
    value?.text.flatMap { $0.isEmpty ? nil : [.text($0)] } ?? []
  }

  private mutating func finish(_ word: String?, _ usage: JSON?) throws(InferenceError) -> [ModelEvent] {
    guard word != "refusal" else {
      throw InferenceError(.contentFiltered, from: provider, "\(provider) does not want to go on with this answer.")
    }
    if let word { reason = FinishReason(anthropic: word, hasToolCalls: toolCalls > 0) }
    return used(usage)
  }

  private mutating func whole(_ message: JSON) throws(InferenceError) -> [ModelEvent] {
    var events = begin(message)
    for (index, block) in (message["content"]?.items ?? []).enumerated() { events += begin(block, at: Int64(index)) }
    events += try finish(message["stop_reason"]?.text, nil)
    isDone = hasReason
    return events
  }

  /// Usage so far. Later numbers replace earlier ones: the protocol's are of the whole answer. What was read from a cache or
  /// written to one is told beside the input there, and is a part of it here.
  private mutating func used(_ found: JSON?) -> [ModelEvent] {
    guard let found else { return [] }
    if let fresh = found.count("input_tokens") {
      let (read, written) = (found.count("cache_read_input_tokens"), found.count("cache_creation_input_tokens"))
      usage.input = fresh + (read ?? 0) + (written ?? 0)
      usage.cachedInput = read
    }
    usage.output = found.count("output_tokens") ?? usage.output
    return usage == TokenUsage() ? [] : [.usage(usage)]
  }
}

extension FinishReason {
  fileprivate init(anthropic word: String, hasToolCalls: Bool) {
    self =
      switch word {
      case "end_turn", "stop_sequence": .stop
      // The forced tool that stands for an answer is no tool to anybody else.
      case "tool_use": hasToolCalls ? .toolCalls : .stop
      case "max_tokens", "model_context_window_exceeded": .length
      default: .other(String(word.prefix(64)))
      }
  }
}
