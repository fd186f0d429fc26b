import Inference
import StrictJSON

/// Reads what is counted in an answer of `POST /embeddings`; the numbers themselves are handed on unread.
struct EmbeddingsAnswerReader: AnswerReader {
  static let framing = AnswerFraming.events

  let provider: String
  let failure: ProviderFailure
  private(set) var hasReason = false

  init(provider: String, failure: ProviderFailure) {
    self.provider = provider
    self.failure = failure
  }

  var isDone: Bool { hasReason }

  mutating func read(_ data: String) throws(InferenceError) -> [ModelEvent] {
    let text = data.utf8.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard text.first == UInt8(ascii: "{") else {
      throw .nonsense(provider, "embeddings are an object, and this is none.")
    }
    if let error = member("error", of: data), !error.isNull { throw failure.error(inStream: error) }
    guard member("data", of: data, isOpen: true) != nil else { throw .nonsense(provider, "there is no “data” in it.") }
    hasReason = true
    var events = [ModelEvent.started(model: String((member("model", of: data)?.text ?? "").prefix(200)))]
    if let usage = member("usage", of: data), let input = usage.count("prompt_tokens") {
      events.append(.usage(TokenUsage(input: input, output: 0)))
    }
    return events
  }

  mutating func end() throws(InferenceError) -> [ModelEvent] {
    guard hasReason else { throw .cut(provider) }
    return [.finished(.stop)]
  }

  /// The value behind the last such name. The texts of the request are not in an answer, and numbers hold no names.
  ///
  /// - Parameter isOpen: whether it is enough that a list begins there.
  private func member(_ name: String, of text: String, isOpen: Bool = false) -> JSON? {
    guard let place = text.ranges(of: "\"\(name)\"").last else { return nil }
    let value = text[place.upperBound...].drop { $0 == ":" || $0.isWhitespace }
    if isOpen { return value.first == "[" ? [] : nil }
    let end: String.Index? =
      switch value.first {
      case "{": value.firstIndex(of: "}").map(value.index(after:))
      case "\"": value.dropFirst().firstIndex(of: "\"").map(value.index(after:))
      default: nil
      }
    guard let end else { return nil }
    // The object with the counts may hold another, in which case the first end is not its own.
    for cut in [end] + value[end...].indices.lazy.filter({ value[$0] == "}" }).prefix(4).map({ value.index(after: $0) })
    {
      if let json = try? JSON(parsing: String(value[..<cut])) { return json }
    }
    return nil
  }
}
