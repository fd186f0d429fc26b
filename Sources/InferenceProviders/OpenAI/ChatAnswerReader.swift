import Inference
import StrictJSON

/// Reads the chunks of OpenAI's chat protocol.
///
/// Lenient: `choices` null, absent or empty; `content` null; usage on a chunk of its own, on the last chunk, or under
/// `x_groq`; no `[DONE]`; a whole `message` instead of deltas; raw control characters inside strings; tool calls without an
/// index or an id, and their arguments at once or as an object; thoughts as `reasoning_content` or `reasoning`. The answer is
/// whole when a reason for its end has come, or `[DONE]`.
struct ChatAnswerReader: AnswerReader {
  static let framing = AnswerFraming.events

  let provider: String
  let failure: ProviderFailure
  let eventBytesMax: Int
  private var hasStarted = false
  private var reason: FinishReason?
  private var calls = ToolCallNumbers()
  private(set) var isDone = false

  init(provider: String, failure: ProviderFailure, eventBytesMax: Int) {
    self.provider = provider
    self.failure = failure
    self.eventBytesMax = eventBytesMax
  }

  var hasReason: Bool { reason != nil }

  mutating func read(_ data: String) throws(InferenceError) -> [ModelEvent] {
    guard data != "[DONE]" else {
      isDone = true
      return []
    }
    let chunk = try JSON(piece: data, bytesMax: eventBytesMax, from: provider)
    if let error = chunk["error"], !error.isNull { throw failure.error(inStream: error) }
    var events: [ModelEvent] = []
    for choice in chunk["choices"]?.items ?? [] where (choice["index"]?.int64 ?? 0) == 0 {
      events += try read(choice)
    }
    if let usage = usage(in: chunk) { events.append(.usage(usage)) }
    guard !hasStarted, !events.isEmpty || chunk["model"]?.text != nil else { return events }
    return [start(chunk["model"]?.text ?? "")] + events
  }

  mutating func end() throws(InferenceError) -> [ModelEvent] {
    guard isDone || hasReason else { throw .cut(provider) }
    // Some servers say “stop” where they mean that they wait for a tool.
    let reason = reason == .stop && calls.count > 0 ? .toolCalls : reason ?? .unstated
    return (hasStarted ? [] : [start("")]) + [.finished(reason)]
  }

  private mutating func start(_ model: String) -> ModelEvent {
    hasStarted = true
    return .started(model: String(model.prefix(RequestLimits.modelBytesMax)))
  }

  private mutating func read(_ choice: JSON) throws(InferenceError) -> [ModelEvent] {
    let delta = choice["delta"] ?? choice["message"]
    if let refusal = delta?["refusal"]?.text, !refusal.isEmpty { throw filtered() }
    if let text = choice["finish_reason"]?.text {
      guard text != "content_filter" else { throw filtered() }
      reason = FinishReason(openAI: text)
    }
    var events: [ModelEvent] = []
    if let thought = delta?["reasoning_content"]?.text ?? delta?["reasoning"]?.text, !thought.isEmpty {
      events.append(.thinking(ModelThinking(thought)))
    }
    if let content = delta?["content"]?.text, !content.isEmpty { events.append(.text(content)) }
    for call in delta?["tool_calls"]?.items ?? [] { events.append(.toolCall(piece(of: call))) }
    return events
  }

  private mutating func piece(of call: JSON) -> ModelToolCallPiece {
    let (id, name) = (call["id"]?.text.flatMap { $0.isEmpty ? nil : $0 }, call["function"]?["name"]?.text)
    let arguments: String
    switch call["function"]?["arguments"] {
    case .string(let text)?: arguments = text
    case .object(let object)?: arguments = JSON.object(object).canonicalText()
    default: arguments = ""
    }
    let (index, isNew) = calls.index(of: call["index"]?.int64, id: id, name: name)
    guard isNew else { return ModelToolCallPiece(index: index, arguments: arguments) }
    return ModelToolCallPiece(index: index, id: id ?? "call_\(index)", name: name, arguments: arguments)
  }

  private func filtered() -> InferenceError {
    InferenceError(.contentFiltered, from: provider, "\(provider) does not want to go on with this answer.")
  }

  private func usage(in chunk: JSON) -> TokenUsage? {
    let found = [chunk["usage"], chunk["x_groq"]?["usage"], chunk["choices"]?[0]?["usage"]].lazy
      .compactMap { $0?.members == nil ? nil : $0 }.first
    guard let found else { return nil }
    let usage = TokenUsage(
      input: found.count("prompt_tokens"), output: found.count("completion_tokens"),
      cachedInput: found["prompt_tokens_details"]?.count("cached_tokens"),
      reasoning: found["completion_tokens_details"]?.count("reasoning_tokens"))
    return usage == TokenUsage() ? nil : usage
  }
}

/// Numbers the tool calls of an answer from 0 without a gap, however a server numbers them.
private struct ToolCallNumbers {
  private var byIndex: [Int64: Int] = [:]
  /// By number; nil where the server gave none.
  private var ids: [String?] = []

  var count: Int { ids.count }

  /// Which call a piece belongs to. By its index where there is one, else by its id; a piece with neither goes on with the
  /// last call unless it names a tool. A name and another id begin another call, whatever the index: servers exist that give
  /// all calls index 0.
  mutating func index(of index: Int64?, id: String?, name: String?) -> (index: Int, isNew: Bool) {
    let known: Int? =
      if let index {
        byIndex[index].flatMap { name != nil && id != nil && ids[$0] != id ? nil : $0 }
      } else if let id {
        ids.firstIndex(of: id)
      } else {
        name == nil && !ids.isEmpty ? ids.count - 1 : nil
      }
    if let known { return (known, false) }
    if let index { byIndex[index] = ids.count }
    ids.append(id)
    return (ids.count - 1, true)
  }
}

extension FinishReason {
  init(openAI text: String) {
    self =
      switch text {
      case "stop": .stop
      case "length": .length
      case "tool_calls", "function_call": .toolCalls
      default: .other(String(text.prefix(64)))
      }
  }
}
