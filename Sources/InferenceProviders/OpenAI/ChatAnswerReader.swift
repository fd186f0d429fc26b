import Inference
import StrictJSON

/// Makes the events of an answer out of the chunks of OpenAI's protocol: lenient in what servers leave out or put
/// elsewhere, strict about the end.
///
/// Lenient: `choices` null, absent or empty; `content` null; usage on a chunk of its own, on the last chunk, or under
/// `x_groq`; no `[DONE]`; a whole `message` instead of deltas; raw control characters inside strings. The answer is
/// whole when a reason for its end has come, or `[DONE]`.
struct ChatAnswerReader {
  let provider: String
  let failure: ProviderFailure
  let eventBytesMax: Int
  private var hasStarted = false
  private var reason: FinishReason?
  /// Whether the mark of the end has come, after which nothing is read.
  private(set) var isDone = false

  init(provider: String, failure: ProviderFailure, eventBytesMax: Int) {
    self.provider = provider
    self.failure = failure
    self.eventBytesMax = eventBytesMax
  }

  /// Whether the reason of the end has come.
  var hasReason: Bool { reason != nil }

  /// The events of one chunk.
  ///
  /// - Throws: `nonsense` for what is no chunk, `contentFiltered`, and what an error inside the stream means.
  mutating func read(_ data: String) throws(InferenceError) -> [ModelEvent] {
    guard data != "[DONE]" else {
      isDone = true
      return []
    }
    let chunk = try parse(data)
    if let error = chunk["error"], !error.isNull { throw failure.error(inStream: error) }
    var events: [ModelEvent] = []
    if !hasStarted, let model = chunk["model"]?.text { events.append(start(model)) }
    for choice in chunk["choices"]?.items ?? [] where (choice["index"]?.int64 ?? 0) == 0 {
      let content = try read(choice)
      guard !content.isEmpty else { continue }
      if !hasStarted { events.append(start("")) }
      events.append(.text(content))
    }
    if let usage = usage(in: chunk) {
      if !hasStarted { events.append(start("")) }
      events.append(.usage(usage))
    }
    return events
  }

  /// The last events, when the body has ended or need not be waited for.
  ///
  /// - Throws: `cut` unless the answer is whole.
  mutating func end() throws(InferenceError) -> [ModelEvent] {
    guard isDone || hasReason else { throw .cut(provider) }
    return (hasStarted ? [] : [start("")]) + [.finished(reason ?? .unstated)]
  }

  private mutating func start(_ model: String) -> ModelEvent {
    hasStarted = true
    return .started(model: String(model.prefix(RequestLimits.modelBytesMax)))
  }

  private mutating func read(_ choice: JSON) throws(InferenceError) -> String {
    let delta = choice["delta"] ?? choice["message"]
    if let refusal = delta?["refusal"]?.text, !refusal.isEmpty { throw filtered() }
    if let text = choice["finish_reason"]?.text {
      guard text != "content_filter" else { throw filtered() }
      reason = FinishReason(openAI: text)
    }
    return delta?["content"]?.text ?? ""
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

  private func parse(_ data: String) throws(InferenceError) -> JSON {
    let limits = JSONLimits(bytes: eventBytesMax, stringBytes: eventBytesMax)
    do throws(JSONFault) {
      let chunk = try JSON(parsing: data.escapingControls(), limits: limits)
      guard chunk.members != nil else { throw JSONFault(.noObject) }
      return chunk
    } catch {
      throw .nonsense(provider, "a piece of its answer is no JSON object (\(error)).")
    }
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

extension JSON {
  /// A number of tokens; nil when it is absent or can be none.
  fileprivate func count(_ name: String) -> Int64? { self[name]?.int64.flatMap { $0 >= 0 ? $0 : nil } }
}

extension FieldError {
  fileprivate static let noObject = FieldError(pointer: "", code: "wrong_type", message: "An object is wanted.")
}

extension String {
  /// With control characters escaped as JSON wants them inside strings; outside of strings a tab may become wrong, which
  /// is why texts without any, nearly all, are left as they are.
  fileprivate func escapingControls() -> String {
    guard utf8.contains(where: { $0 < 0x20 }) else { return self }
    var escaped = ""
    var isInside = false
    var isEscaped = false
    for scalar in unicodeScalars {
      if isInside, scalar.value < 0x20 {
        escaped += "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
        isEscaped = false
        continue
      }
      if scalar == "\"", !isEscaped { isInside.toggle() }
      isEscaped = isInside && scalar == "\\" && !isEscaped
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
