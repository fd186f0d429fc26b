import AsyncHTTPClient
package import Inference

/// Models over HTTP, with one client for all of them.
package final class ModelsOverHTTP: ModelFinder {
  private let client: HTTPClient
  private let probe: ProviderProbe
  private let servers: [LocalServer]

  /// - Parameter servers: where local servers are looked for.
  package init(lookingAt servers: [LocalServer] = LocalServer.known, within limit: Duration = .seconds(10)) {
    client = .forModels()
    probe = ProviderProbe(client: client, within: limit)
    self.servers = servers
  }

  package func models(of provider: String, at endpoint: EndpointURL, key: APIKey?) async throws -> [String] {
    try await probe.models(at: endpoint, key: key, provider: provider)
  }

  package func localServers() async -> [FoundServer] { await probe.find(among: servers) }

  package func provider(named name: String, at endpoint: EndpointURL, key: APIKey?) -> any ModelProvider {
    OpenAICompatibleProvider(name: name, at: endpoint, key: key, client: client)
  }

  /// Ends every call that is under way. Called once, last.
  package func close() async {
    // What is left to fail there is a connection that is gone already.
    try? await client.shutdown()
  }
}
