import Inference
import StrictJSON

/// Reads the lines of Ollama's chat protocol (Ollama API reference, Generate a chat message).
///
/// A tool call comes whole, with its arguments as an object and without an id. The answer is whole when a line says `done`.
struct OllamaAnswerReader: AnswerReader {
  static let framing = AnswerFraming.lines

  let provider: String
  let failure: ProviderFailure
  let eventBytesMax: Int
  private var hasStarted = false
  private var reason: FinishReason?
  private var toolCalls = 0

  init(provider: String, failure: ProviderFailure, eventBytesMax: Int) {
    self.provider = provider
    self.failure = failure
    self.eventBytesMax = eventBytesMax
  }

  var hasReason: Bool { reason != nil }
  /// Everything is on the line that has the reason.
  var isDone: Bool { reason != nil }

  mutating func read(_ data: String) throws(InferenceError) -> [ModelEvent] {
    let line = try JSON(piece: data, bytesMax: eventBytesMax, from: provider)
    if let error = line["error"], !error.isNull { throw failure.error(inStream: error) }
    var events: [ModelEvent] = []
    if !hasStarted {
      hasStarted = true
      events.append(.started(model: String((line["model"]?.text ?? "").prefix(RequestLimits.modelBytesMax))))
    }
    let message = line["message"]
    if let thought = message?["thinking"]?.text, !thought.isEmpty { events.append(.thinking(ModelThinking(thought))) }
    if let text = message?["content"]?.text, !text.isEmpty { events.append(.text(text)) }
    for call in message?["tool_calls"]?.items ?? [] {
      events.append(
        .toolCall(
          ModelToolCallPiece(
            index: toolCalls, id: call["id"]?.text ?? "call_\(toolCalls)", name: call["function"]?["name"]?.text,
            arguments: call["function"]?["arguments"]?.canonicalText() ?? "{}")))
      toolCalls += 1
    }
    guard line["done"] == true else { return events }
    let usage = TokenUsage(input: line.count("prompt_eval_count"), output: line.count("eval_count"))
    if usage != TokenUsage() { events.append(.usage(usage)) }
    reason =
      switch line["done_reason"]?.text {
      case _ where toolCalls > 0: .toolCalls
      case "stop"?: .stop
      case "length"?: .length
      case let word?: .other(String(word.prefix(64)))
      case nil: .unstated
      }
    return events
  }

  mutating func end() throws(InferenceError) -> [ModelEvent] {
    guard let reason else { throw .cut(provider) }
    return [.finished(reason)]
  }
}
