import Crypto
import StrictJSON
import Vocabulary

/// One call to a model as it was: the request, without anything that looks like a key, and what came of it.
///
/// A file is the pretty JSON of one record, so that a person can read and compare it:
///
/// ```json
/// {"version": 1, "provider": "Ollama", "request": {…}, "events": [{"started": "llama3"}, {"text": "Hi"}, …], "error": null}
/// ```
package struct CallRecord: Sendable, Hashable {
  /// The version of the form that is written; no other is read.
  package static let version: Int64 = 1
  /// The length of a file.
  package static let bytesMax = 32 << 20

  package var provider: String
  package var request: ModelRequest
  package var events: [ModelEvent]
  /// Why the answer is not whole; nil when it is.
  package var error: InferenceError?

  package init(provider: String, request: ModelRequest, events: [ModelEvent], error: InferenceError? = nil) {
    self.provider = provider
    self.request = request.scrubbed()
    self.events = events.map { $0.scrubbed() }
    self.error = error
  }

  /// What the record is found by.
  package var digest: String { request.recordingDigest }
}

extension ModelRequest {
  /// The SHA-256 of the request's canonical JSON without keys, in hexadecimal. Equal for equal requests, whichever key
  /// they are sent with.
  package var recordingDigest: String {
    // A request holds nothing that JSON cannot: what it may hold is checked by `faults()`, and then there is none.
    let bytes = (try? JSON(encoding: scrubbed()))?.canonicalBytes() ?? []
    return SHA256.hash(data: bytes).hexadecimal
  }

  /// Without anything that looks like a key.
  func scrubbed() -> ModelRequest {
    var clean = self
    clean.messages = messages.map { ModelMessage($0.role, content: $0.content.map { $0.scrubbed() }) }
    clean.stop = stop.map { KeyScrubber.scrub($0) }
    return clean
  }
}

extension ModelEvent {
  fileprivate func scrubbed() -> ModelEvent {
    switch self {
    case .text(let text): return .text(KeyScrubber.scrub(text))
    case .thinking(let piece): return .thinking(piece.scrubbed())
    case .toolCall(var piece):
      piece.arguments = KeyScrubber.scrub(piece.arguments)
      return .toolCall(piece)
    case .started, .usage, .finished: return self
    }
  }
}

extension ModelContent {
  fileprivate func scrubbed() -> ModelContent {
    switch self {
    case .text(let text): return .text(KeyScrubber.scrub(text))
    case .image(.url(let url)): return .image(.url(KeyScrubber.scrub(url)))
    case .image(.data): return self
    case .thinking(let thinking): return .thinking(thinking.scrubbed())
    case .toolCall(var call):
      call.arguments = KeyScrubber.scrub(call.arguments)
      return .toolCall(call)
    case .toolResult(var result):
      result.text = KeyScrubber.scrub(result.text)
      return .toolResult(result)
    }
  }
}

extension ModelThinking {
  /// A signature is no key and must stay as it is.
  fileprivate func scrubbed() -> ModelThinking { ModelThinking(KeyScrubber.scrub(text), signature: signature) }
}
