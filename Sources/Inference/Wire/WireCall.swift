package import StrictJSON

/// A call in a protocol's own words, for a provider that speaks the same one: what is not known here survives.
package struct WireCall: Sendable {
  package enum Endpoint: String, Sendable, Hashable, CaseIterable {
    case chatCompletions = "/chat/completions"
    case embeddings = "/embeddings"
    case messages = "/messages"

    package var wire: ModelWire {
      switch self {
      case .chatCompletions, .embeddings: .openAI
      case .messages: .anthropic
      }
    }
  }

  package let endpoint: Endpoint
  /// As it is sent, but for `model`, which is the upstream's own.
  package let body: JSONObject
  package let isStreamed: Bool
  /// Headers of the protocol that go with it, as `anthropic-beta`; never a key.
  package let headers: [String: String]
  /// The most tokens of an answer, where the body sets no bound; nil leaves it to the provider.
  package var outputTokensMax: Int?
  /// Where its answer is read; nil: anywhere.
  package let executor: (any TaskExecutor)?

  package init(
    _ endpoint: Endpoint, body: JSONObject, isStreamed: Bool, headers: [String: String] = [:],
    executor: (any TaskExecutor)? = nil
  ) {
    self.executor = executor
    self.endpoint = endpoint
    self.body = body
    self.isStreamed = isStreamed
    self.headers = headers
  }
}

/// A piece of an answer as the provider wrote it, with what it means.
package struct WireFrame: AnswerFrame {
  package enum Content: Sendable, Hashable {
    /// An event of a stream: its name, empty where it has none, and its data.
    case event(name: String, data: String)
    /// An answer in one piece.
    case whole([UInt8])
    /// Nothing to hand on: what became clear when the answer had ended.
    case nothing
  }

  package let content: Content
  package let events: [ModelEvent]

  package var keptBytes: Int {
    let bytes =
      switch content {
      case .event(let name, let data): name.utf8.count + data.utf8.count
      case .whole(let bytes): bytes.count
      case .nothing: 0
      }
    return bytes + events.reduce(0) { $0 + $1.keptBytes }
  }

  package init(_ content: Content, _ events: [ModelEvent]) {
    self.content = content
    self.events = events
  }
}

/// A provider that takes calls in its protocol's own words.
package protocol WireProvider: ModelProvider {
  /// Whether it has such an address.
  func takes(_ endpoint: WireCall.Endpoint) -> Bool

  /// Sends a call and hands on what comes, piece by piece; returns after the end of a whole answer.
  ///
  /// - Throws: ``InferenceError``; `CancellationError` when the task is cancelled, and then the connection is given up;
  ///   what `emit` throws.
  func send(
    _ call: WireCall, to model: String, _ emit: @escaping @Sendable (WireFrame) async throws -> Void
  ) async throws
}

extension ModelProvider {
  /// Whether a call can be handed on to it as it is.
  package func takes(_ endpoint: WireCall.Endpoint) -> Bool { (self as? any WireProvider)?.takes(endpoint) ?? false }
}
