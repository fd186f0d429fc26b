import AsyncHTTPClient
package import Inference
import Synchronization

/// Models over HTTP, with one client for all of them, made when the first is asked: most commands ask none.
package final class ModelsOverHTTP: ModelFinder {
  private let made = Mutex<HTTPClient?>(nil)
  private let servers: [LocalServer]
  private let limit: Duration

  /// - Parameter servers: where local servers are looked for.
  package init(lookingAt servers: [LocalServer] = LocalServer.known, within limit: Duration = .seconds(10)) {
    self.servers = servers
    self.limit = limit
  }

  private var client: HTTPClient {
    made.withLock { made in
      if let made { return made }
      let client = HTTPClient.forModels()
      made = client
      return client
    }
  }

  private var probe: ProviderProbe { ProviderProbe(client: client, within: limit) }

  package func models(of provider: String, at endpoint: EndpointURL, key: APIKey?) async throws -> [String] {
    try await probe.models(at: endpoint, key: key, provider: provider)
  }

  package func localServers() async -> [FoundServer] { await probe.find(among: servers) }

  package func provider(named name: String, at endpoint: EndpointURL, key: APIKey?) -> any ModelProvider {
    switch ModelWire(spokenAt: endpoint) {
    case .openAI: OpenAICompatibleProvider(name: name, at: endpoint, key: key, client: client)
    case .anthropic: AnthropicProvider(name: name, at: endpoint, key: key, client: client)
    case .ollama: OllamaProvider(name: name, at: endpoint, key: key, client: client)
    }
  }

  /// Ends every call that is under way. Called once, last.
  package func close() async {
    // What is left to fail there is a connection that is gone already.
    try? await made.withLock { $0 }?.shutdown()
  }
}
