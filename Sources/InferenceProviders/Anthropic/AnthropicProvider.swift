package import AsyncHTTPClient
package import Inference
import NIOCore
import NIOHTTP1
import StrictJSON

/// A model behind Anthropic's messages protocol.
///
/// Answers are streamed. Nothing is repeated: a call that failed is failed, and whoever asked decides. The key is in one
/// header and in nothing else: no error, no description, no address.
package struct AnthropicProvider: WireProvider {
  /// The version of the protocol, as its header has it.
  static let version = "2023-06-01"

  package let name: String
  private let endpoint: EndpointURL
  private let key: APIKey?
  private let client: HTTPClient
  private let times: CallTimes
  private let limits: StreamLimits
  private let watches: CallWatches

  /// - Parameters:
  ///   - endpoint: as `https://api.anthropic.com/v1`.
  ///   - client: made by ``AsyncHTTPClient/HTTPClient/forModels(times:on:)``; stays the caller's.
  package init(
    name: String, at endpoint: EndpointURL, key: APIKey?, client: HTTPClient, times: CallTimes = CallTimes(),
    limits: StreamLimits = StreamLimits(), watches: CallWatches = CallWatches()
  ) {
    self.name = name
    self.endpoint = endpoint
    self.key = key
    self.client = client
    self.times = times
    self.limits = limits
    self.watches = watches
  }

  package func stream(_ request: ModelRequest) -> ModelStream {
    ModelStream(answering: request, by: name, limits: limits) { [self] sink in
      let call = ProviderCall(provider: name, key: key, limits: limits, deliver: sink.take) { failure in
        MessagesAnswerReader(
          provider: name, failure: failure, eventBytesMax: limits.eventBytesMax, answersByTool: request.answersByTool)
      }
      try await call.run(message(for: request), with: client, times: times, watches: watches)
    }
  }

  package func takes(_ endpoint: WireCall.Endpoint) -> Bool { endpoint == .messages }

  package func send(
    _ call: WireCall, to model: String, _ emit: @escaping @Sendable (WireFrame) async throws -> Void
  ) async throws {
    var body = call.body
    body["model"] = .string(model)
    if let outputTokensMax = call.outputTokensMax { body["max_tokens"] = .integer(Int64(outputTokensMax)) }
    let message = message(JSON.object(body).compactBytes(), isStreamed: call.isStreamed, call.headers)
    try await WireExchange(provider: name, limits: limits).run(emit) { deliver in
      let exchange = ProviderCall(provider: name, key: key, limits: limits, deliver: deliver) {
        MessagesAnswerReader(
          provider: name, failure: $0, eventBytesMax: limits.eventBytesMax, answersByTool: false)
      }
      try await exchange.run(message, with: client, times: times, watches: watches, on: call.executor)
    }
  }

  private func message(for request: ModelRequest) -> HTTPClientRequest {
    message(request.messagesBody().compactBytes(), isStreamed: true)
  }

  private func message(
    _ body: [UInt8], isStreamed: Bool, _ headers: [String: String] = [:]
  ) -> HTTPClientRequest {
    var message = HTTPClientRequest(url: endpoint.appending(WireCall.Endpoint.messages.rawValue))
    message.method = .POST
    message.headers.add(name: "Content-Type", value: "application/json")
    message.headers.add(name: "Accept", value: isStreamed ? "text/event-stream, application/json" : "application/json")
    message.headers.add(name: "anthropic-version", value: Self.version)
    for (name, value) in headers { message.headers.replaceOrAdd(name: name, value: value) }
    if let key { message.headers.replaceOrAdd(name: "x-api-key", value: key.secret) }
    message.body = .bytes(ByteBuffer(bytes: body))
    return message
  }
}

/// Shows its name and address: nothing of the key, and nothing of the client, which knows every request under way.
extension AnthropicProvider: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(name) at \(endpoint)" }
  package var customMirror: Mirror { Mirror(self, children: ["name": name, "endpoint": "\(endpoint)"]) }
}
