package import AsyncHTTPClient
package import Inference
import NIOCore
import NIOHTTP1
import StrictJSON

/// A model behind OpenAI's chat protocol: OpenAI, OpenRouter, Groq, Ollama, llama.cpp, LM Studio, vLLM and others.
///
/// Answers are streamed. Nothing is repeated: a call that failed is failed, and whoever asked decides. The key is in one
/// header and in nothing else: no error, no description, no address.
package struct OpenAICompatibleProvider: WireProvider {
  package let name: String
  private let endpoint: EndpointURL
  private let key: APIKey?
  private let client: HTTPClient
  private let times: CallTimes
  private let limits: StreamLimits
  private let watches: CallWatches

  /// - Parameters:
  ///   - key: nil for servers that want none.
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
        ChatAnswerReader(provider: name, failure: failure, eventBytesMax: limits.eventBytesMax)
      }
      try await call.run(message(for: request), with: client, times: times, watches: watches)
    }
  }

  package func takes(_ endpoint: WireCall.Endpoint) -> Bool { endpoint.wire == .openAI }

  package func send(
    _ call: WireCall, to model: String, _ emit: @escaping @Sendable (WireFrame) async throws -> Void
  ) async throws {
    var body = call.body
    body["model"] = .string(model)
    if let outputTokensMax = call.outputTokensMax { body[boundField] = .integer(Int64(outputTokensMax)) }
    let message = message(
      to: call.endpoint.rawValue, JSON.object(body).compactBytes(), isStreamed: call.isStreamed, call.headers)
    var limits = limits
    if call.endpoint == .embeddings { limits.wholeBytesMax = limits.wireBytesMax }
    try await WireExchange(provider: name, limits: limits).run(emit) { [limits] deliver in
      if call.endpoint == .embeddings {
        let exchange = ProviderCall(provider: name, key: key, limits: limits, deliver: deliver) {
          EmbeddingsAnswerReader(provider: name, failure: $0)
        }
        try await exchange.run(message, with: client, times: times, watches: watches, on: call.executor)
      } else {
        let exchange = ProviderCall(provider: name, key: key, limits: limits, deliver: deliver) {
          ChatAnswerReader(provider: name, failure: $0, eventBytesMax: limits.eventBytesMax)
        }
        try await exchange.run(message, with: client, times: times, watches: watches, on: call.executor)
      }
    }
  }

  private func message(for request: ModelRequest) -> HTTPClientRequest {
    message(
      to: WireCall.Endpoint.chatCompletions.rawValue,
      request.chatCompletionsBody(boundField: boundField).compactBytes(), isStreamed: true)
  }

  /// `max_tokens` is what every compatible server knows; OpenAI's newer models refuse it and want their own word.
  private var boundField: String { endpoint.host == "api.openai.com" ? "max_completion_tokens" : "max_tokens" }

  private func message(
    to path: String, _ body: [UInt8], isStreamed: Bool, _ headers: [String: String] = [:]
  ) -> HTTPClientRequest {
    var message = HTTPClientRequest(url: endpoint.appending(path))
    message.method = .POST
    message.headers.add(name: "Content-Type", value: "application/json")
    message.headers.add(name: "Accept", value: isStreamed ? "text/event-stream, application/json" : "application/json")
    for (name, value) in headers { message.headers.replaceOrAdd(name: name, value: value) }
    if let key { message.headers.replaceOrAdd(name: "Authorization", value: "Bearer \(key.secret)") }
    message.body = .bytes(ByteBuffer(bytes: body))
    return message
  }
}

/// Shows its name and address: nothing of the key, and nothing of the client, which knows every request under way.
extension OpenAICompatibleProvider: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(name) at \(endpoint)" }
  package var customMirror: Mirror { Mirror(self, children: ["name": name, "endpoint": "\(endpoint)"]) }
}
