package import StrictJSON

extension CallRecord {
  /// The bytes of the file.
  package func fileBytes() throws -> [UInt8] {
    Array((try JSON(encoding: File(self)).prettyText() + "\n").utf8)
  }

  /// - Throws: ``JSONFault`` with the place, when the bytes are no record of this version.
  package init(fileBytes bytes: [UInt8]) throws(JSONFault) {
    let limits = JSONLimits(bytes: Self.bytesMax, items: 1_000_000, stringBytes: Self.bytesMax)
    let file = try JSON(parsing: bytes, limits: limits).decode(File.self)
    guard file.version == Self.version else {
      throw JSONFault(
        FieldError(
          pointer: "/version", code: "unknown_version",
          message: "This is version \(file.version) of the form; version \(Self.version) is read."))
    }
    self.init(
      provider: file.provider, request: file.request, events: file.events.map(\.event),
      error: file.error.map { $0.error(from: file.provider) })
  }
}

private struct File: Codable {
  var version: Int64
  var provider: String
  var request: ModelRequest
  var events: [RecordedEvent]
  var error: RecordedError?

  init(_ record: CallRecord) {
    version = CallRecord.version
    provider = record.provider
    request = record.request
    events = record.events.map { RecordedEvent($0) }
    error = record.error.map { RecordedError($0) }
  }
}

/// An event with exactly one member, named for its kind.
private struct RecordedEvent: Codable {
  var started: String?
  var text: String?
  var thinking: String?
  var signature: String?
  var toolCall: ModelToolCallPiece?
  var usage: TokenUsage?
  var finished: String?

  init(_ event: ModelEvent) {
    switch event {
    case .started(let model): started = model
    case .text(let text): self.text = text
    case .thinking(let piece):
      thinking = piece.text
      signature = piece.signature.isEmpty ? nil : piece.signature
    case .toolCall(let piece): toolCall = piece
    case .usage(let usage): self.usage = usage
    case .finished(let reason): finished = reason.recorded
    }
  }

  var event: ModelEvent {
    if let started {
      .started(model: started)
    } else if let usage {
      .usage(usage)
    } else if let thinking {
      .thinking(ModelThinking(thinking, signature: signature ?? ""))
    } else if let toolCall {
      .toolCall(toolCall)
    } else if let finished {
      .finished(FinishReason(recorded: finished))
    } else {
      .text(text ?? "")
    }
  }
}

private struct RecordedError: Codable {
  var kind: InferenceError.Kind
  var message: String
  var retryAfterSeconds: Double?
  var contextTokens: Int?
  var kept: String

  init(_ error: InferenceError) {
    kind = error.kind
    message = error.message
    retryAfterSeconds = error.retryAfter.map { $0 / .seconds(1) }
    contextTokens = error.contextTokens
    kept = KeyScrubber.scrub(error.kept)
  }

  func error(from provider: String) -> InferenceError {
    let delay = retryAfterSeconds.flatMap { (0...86_400).contains($0) ? Duration.seconds($0) : nil }
    return InferenceError(kind, from: provider, message, retryAfter: delay, kept: kept).taking(contextTokens)
  }
}

extension FinishReason {
  fileprivate var recorded: String {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .toolCalls: "tool_calls"
    case .unstated: "unstated"
    case .other(let reason): "other: \(reason)"
    }
  }

  fileprivate init(recorded text: String) {
    let known: [FinishReason] = [.stop, .length, .toolCalls, .unstated]
    self = known.first { $0.recorded == text } ?? .other(text.hasPrefix("other: ") ? String(text.dropFirst(7)) : text)
  }
}
