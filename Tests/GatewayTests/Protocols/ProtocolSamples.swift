import Gateway
import Inference
import StrictJSON
import Vocabulary

extension ClientProtocol {
  /// A request that this protocol takes and that says hardly anything, with more fields.
  func body(_ more: JSONObject = [:]) -> JSON {
    var body: JSONObject =
      switch self {
      case .chatCompletions: ["model": "m", "messages": [["role": "user", "content": "hi"]]]
      case .responses: ["model": "m", "input": "hi"]
      case .messages: ["model": "m", "messages": [["role": "user", "content": "hi"]], "max_tokens": 100]
      }
    for (key, value) in more { body[key] = value }
    return .object(body)
  }

  /// Reads a request as it is read from the network.
  func read(_ body: JSON) throws -> ClientRequest {
    try request(of: body, bytes: body.compactBytes().count)
  }

  /// Why a request is refused; nil when it is not.
  func fault(of body: JSON) -> GatewayFault? {
    do throws(GatewayFault) {
      _ = try request(of: body, bytes: body.compactBytes().count)
      return nil
    } catch {
      return error
    }
  }

  func head(_ more: JSONObject = [:]) throws -> AnswerHead {
    let body = body(more)
    return AnswerHead(
      id: "a1", created: Timestamp(microseconds: 1_795_000_000_500_000), facts: try facts(of: body, bytes: 1),
      body: body)
  }

  /// The frames of a whole answer.
  func frames(_ events: [ModelEvent], _ more: JSONObject = [:]) throws -> [SentEvent] {
    var writer = writer(try head(more))
    return try (events.flatMap { writer.frames(for: $0) } + writer.end()).map(SentEvent.init)
  }
}

/// A server-sent event as it was written.
struct SentEvent {
  enum Malformed: Error { case frame(String) }

  var name: String?
  /// The data as text.
  var data: String
  /// The data; null for `[DONE]`.
  var json: JSON

  /// Takes exactly one event: an `event:` line or none, one `data:` line, and the empty line after it.
  init(_ frame: String) throws {
    var lines = frame.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 3, lines.removeLast() == "", lines.removeLast() == "" else { throw Malformed.frame(frame) }
    name = lines.count == 2 && lines[0].hasPrefix("event: ") ? String(lines.removeFirst().dropFirst(7)) : nil
    guard lines.count == 1, lines[0].hasPrefix("data: ") else { throw Malformed.frame(frame) }
    data = String(lines[0].dropFirst(6))
    json = data == "[DONE]" ? .null : try JSON(parsing: data, limits: .stored)
  }
}

extension [ModelEvent] {
  /// An answer with everything in it: a thought with its proof, a text, and two calls that come interleaved.
  static let rich: [ModelEvent] = [
    .started(model: "upstream-1"), .thinking(ModelThinking("Hm, ")), .thinking(ModelThinking("rain.")),
    .thinking(ModelThinking("", signature: "c2ln")), .text("I "), .text("ask.\n"),
    .toolCall(ModelToolCallPiece(index: 0, id: "call_a", name: "weather", arguments: "{\"place\"")),
    .toolCall(ModelToolCallPiece(index: 1, id: "call_b", name: "clock")),
    .toolCall(ModelToolCallPiece(index: 0, arguments: ":\"Oslo\"}")),
    .toolCall(ModelToolCallPiece(index: 1, arguments: "{}")),
    .usage(TokenUsage(input: 12, output: 34, cachedInput: 5, reasoning: 6)), .finished(.toolCalls),
  ]

  var answer: ModelAnswer {
    var answer = ModelAnswer(model: "", text: "", usage: nil, finish: .unstated)
    for event in self { answer.add(event) }
    return answer
  }
}
