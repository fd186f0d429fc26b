/// Scripts of whole answers, good and bad.
extension [ModelServer.Step] {
  package typealias Step = ModelServer.Step

  /// An answer in pieces, with what comes before and after it as OpenAI sends it.
  package static func answer(
    _ pieces: [String], model: String = "test-model", reason: String = "stop", usage: String? = nil
  ) -> Self {
    var steps: Self = [.streamHead, .chunk(role, model: model)]
    steps += pieces.map { .chunk(delta($0), model: model) }
    steps.append(.chunk(#"{"index":0,"delta":{},"finish_reason":"\#(reason)"}"#, model: model))
    if let usage { steps.append(.event(#"{"model":"\#(model)","choices":[],"usage":\#(usage)}"#)) }
    return steps + [.event("[DONE]"), .end]
  }

  /// The beginning of an answer: head, role and these pieces.
  package static func beginning(_ pieces: [String]) -> Self {
    [.streamHead, .chunk(role, model: "test-model")] + pieces.map { .chunk(delta($0), model: "test-model") }
  }

  /// What follows a ``beginning(_:)``: these pieces, and the end.
  package static func ending(_ pieces: [String]) -> Self { Self(answer(pieces).dropFirst(2)) }

  /// An answer that is no success, or no stream.
  package static func plain(
    _ status: Int, _ body: String, type: String = "application/json", headers: [[String]] = []
  ) -> Self {
    [.head(status: status, headers: [["Content-Type", type]] + headers), .bytes([UInt8](body.utf8)), .end]
  }

  /// The same answer in chunks of `size` bytes each, wherever that cuts it.
  package func recut(every size: Int) -> Self {
    var pieces: Self = []
    var bytes: [UInt8] = []
    for step in self {
      if case .bytes(let more) = step {
        bytes += more
      } else {
        pieces += bytes.cut(every: size) + [step]
        bytes = []
      }
    }
    return pieces + bytes.cut(every: size)
  }

  /// Every LF becomes `newline`.
  package func newlines(_ newline: String) -> Self {
    map { step in
      guard case .bytes(let bytes) = step else { return step }
      return .bytes(bytes.flatMap { $0 == 10 ? [UInt8](newline.utf8) : [$0] })
    }
  }

  private static let role = #"{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}"#

  private static func delta(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return #"{"index":0,"delta":{"content":"\#(escaped)"},"finish_reason":null}"#
  }
}

extension ModelServer.Step {
  /// The head of a stream of events.
  package static let streamHead = Self.head(status: 200, headers: [["Content-Type", "text/event-stream"]])

  /// An event with this data.
  package static func event(_ data: String) -> Self { .text("data: \(data)\n\n") }

  package static func text(_ text: String) -> Self { .bytes([UInt8](text.utf8)) }

  /// An event with one choice.
  package static func chunk(_ choice: String, model: String) -> Self {
    .event(#"{"id":"c1","object":"chat.completion.chunk","model":"\#(model)","choices":[\#(choice)],"usage":null}"#)
  }
}

extension [UInt8] {
  fileprivate func cut(every size: Int) -> [ModelServer.Step] {
    stride(from: 0, to: count, by: size).map { .bytes([UInt8](self[$0..<Swift.min($0 + size, count)])) }
  }
}
