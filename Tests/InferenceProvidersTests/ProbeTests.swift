import AsyncHTTPClient
import Inference
import InferenceProviders
import ModelServer
import Testing

extension OverTheWire {
  @Suite(.timeLimit(.minutes(5))) struct `Looking for models` {
    private func withProbe<Result>(
      _ script: [ModelServer.Step], within limit: Duration = .seconds(10),
      _ body: (ProviderProbe, ModelServer) async throws -> Result
    ) async throws -> Result {
      try await ModelServer.run(playing: script) { server in
        let client = HTTPClient.forModels()
        do {
          let result = try await body(ProviderProbe(client: client, within: limit), server)
          try await client.shutdown()
          return result
        } catch {
          try await client.shutdown()
          throw error
        }
      }
    }

    private func models(_ script: [ModelServer.Step], within limit: Duration = .seconds(10)) async throws
      -> [FoundModel]
    {
      try await withProbe(script, within: limit) { probe, server in
        try await probe.models(
          at: try #require(EndpointURL(server.baseURL)), key: APIKey("sk-canary-1"), provider: "Test")
      }
    }

    @Test func `asks for the list with the key, and keeps its order`() async throws {
      try await withProbe(.plain(200, #"{"object":"list","data":[{"id":"b"},{"id":"a"},{"name":"c"},{"id":""}]}"#)) {
        probe, server in
        let endpoint = try #require(EndpointURL(server.baseURL))
        #expect(
          try await probe.models(at: endpoint, key: APIKey("sk-canary-1"), provider: "Test").map(\.model) == ["b", "a"])
        #expect(server.received[0].method == "GET")
        #expect(server.received[0].path == "/v1/models")
        #expect(server.received[0].headers["authorization"] == "Bearer sk-canary-1")
      }
    }

    @Test(
      arguments: [
        (.plain(401, #"{"error":{"message":"no: sk-canary-1"}}"#), .badKey), (.plain(200, "<html>"), .nonsense),
        (.plain(200, "[]"), .nonsense), (.plain(500, ""), .overloaded), ([.cut], .refused), ([], .stalled),
        ([.head(status: 200, headers: []), .text("{")], .stalled),
        ([.head(status: 200, headers: []), .text("{"), .cut], .cut),
        ([.head(status: 200, headers: []), .endless([UInt8](repeating: 32, count: 65_536))], .tooLarge),
      ] as [([ModelServer.Step], InferenceError.Kind)])
    func `names what went wrong`(script: [ModelServer.Step], kind: InferenceError.Kind) async throws {
      let limit = Duration.milliseconds(kind == .stalled ? 300 : 20_000)
      let error = try await #require(throws: InferenceError.self) { try await models(script, within: limit) }
      #expect(error.kind == kind, "\(error)")
      #expect(!"\(error)".contains("canary"))
    }

    @Test func `finds the servers that answer, and sends them no key`() async throws {
      try await withProbe(.plain(200, #"{"data":[{"id":"llama"}]}"#)) { probe, server in
        let here = LocalServer(name: "Here", baseURL: server.baseURL)
        let found = await probe.find(among: [
          LocalServer(name: "Nobody", baseURL: "http://127.0.0.1:1/v1"), here, LocalServer(name: "Bad", baseURL: "x"),
        ])
        #expect(found == [FoundServer(here, models: ["llama"])])
        #expect(server.received.map { $0.headers["authorization"] } == [nil])
      }
    }

    @Test func `every known local server has a loopback address`() {
      #expect(LocalServer.known.count == 4)
      for server in LocalServer.known {
        #expect(EndpointURL(server.baseURL) != nil)
        #expect(server.baseURL.hasPrefix("http://127.0.0.1:"))
      }
    }
  }
}
