package import AsyncHTTPClient
package import Inference
import NIOCore
import NIOHTTP1
import StrictJSON

/// A model behind Ollama's own chat protocol, which says more than its imitation of OpenAI's: thoughts, and forms as they are.
///
/// Answers are streamed. Nothing is repeated: a call that failed is failed, and whoever asked decides.
package struct OllamaProvider: ModelProvider {
  package let name: String
  private let endpoint: EndpointURL
  private let key: APIKey?
  private let client: HTTPClient
  private let times: CallTimes
  private let limits: StreamLimits
  private let watches: CallWatches

  /// - Parameters:
  ///   - endpoint: as `http://127.0.0.1:11434/api`.
  ///   - key: for a server behind a proxy that wants one; nil for most.
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
        OllamaAnswerReader(provider: name, failure: failure, eventBytesMax: limits.eventBytesMax)
      }
      try await call.run(try message(for: request), with: client, times: times, watches: watches)
    }
  }

  private func message(for request: ModelRequest) throws -> HTTPClientRequest {
    var message = HTTPClientRequest(url: endpoint.appending("/chat"))
    message.method = .POST
    message.headers.add(name: "Content-Type", value: "application/json")
    message.headers.add(name: "Accept", value: "application/x-ndjson, application/json")
    if let key { message.headers.add(name: "Authorization", value: "Bearer \(key.secret)") }
    message.body = .bytes(ByteBuffer(bytes: try request.ollamaBody(for: name).compactBytes()))
    return message
  }
}

/// Shows its name and address: nothing of the key, and nothing of the client, which knows every request under way.
extension OllamaProvider: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(name) at \(endpoint)" }
  package var customMirror: Mirror { Mirror(self, children: ["name": name, "endpoint": "\(endpoint)"]) }
}
