import AsyncHTTPClient
package import Inference
import Synchronization

/// Models over HTTP, with one client for all that wait equally long for a connection, made when the first is asked: most
/// commands ask none.
package final class ModelsOverHTTP: ModelFinder {
  /// By how long a connection may take: that is the client's, not the call's.
  private let made = Mutex<[Duration: HTTPClient]>([:])
  private let servers: [LocalServer]
  private let limit: Duration
  private let watches = CallWatches()

  /// - Parameter servers: where local servers are looked for.
  package init(lookingAt servers: [LocalServer] = LocalServer.known, within limit: Duration = .seconds(10)) {
    self.servers = servers
    self.limit = limit
  }

  private func client(_ times: CallTimes) -> HTTPClient {
    made.withLock { made in
      if let client = made[times.connect] { return client }
      let client = HTTPClient.forModels(times: times)
      made[times.connect] = client
      return client
    }
  }

  private var probe: ProviderProbe { ProviderProbe(client: client(CallTimes()), within: limit) }

  package func models(of provider: String, at endpoint: EndpointURL, key: APIKey?) async throws -> [FoundModel] {
    try await probe.models(at: endpoint, key: key, provider: provider)
  }

  package func localServers() async -> [FoundServer] { await probe.find(among: servers) }

  package func provider(
    named name: String, at endpoint: EndpointURL, key: APIKey?, times: CallTimes
  ) -> any ModelProvider {
    let client = client(times)
    return switch ModelWire(spokenAt: endpoint) {
    case .openAI:
      OpenAICompatibleProvider(name: name, at: endpoint, key: key, client: client, times: times, watches: watches)
    case .anthropic:
      AnthropicProvider(name: name, at: endpoint, key: key, client: client, times: times, watches: watches)
    case .ollama: OllamaProvider(name: name, at: endpoint, key: key, client: client, times: times, watches: watches)
    }
  }

  /// Ends every call that is under way. Called once, last.
  package func close() async {
    // What is left to fail there is a connection that is gone already.
    for client in made.withLock({ Array($0.values) }) { try? await client.shutdown() }
  }
}
