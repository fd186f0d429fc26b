package import AsyncHTTPClient
package import Inference
import NIOCore
import NIOHTTP1
import StrictJSON

/// Asks a provider which models it has: to check a key, and to find servers on this machine. Sends no text.
package struct ProviderProbe: Sendable {
  /// How much of a list of models is read.
  package static let answerBytesMax = 8 << 20

  private let client: HTTPClient
  private let limit: Duration

  /// - Parameter limit: the time for one provider's whole answer.
  package init(client: HTTPClient, within limit: Duration = .seconds(10)) {
    self.client = client
    self.limit = limit
  }

  /// The ids of the models, in the provider's order: `GET {endpoint}/models`, or `/tags` of Ollama.
  ///
  /// Some providers, OpenRouter among them, tell their models to everybody: there an answer does not prove the key.
  ///
  /// - Throws: ``InferenceError``; `badKey` when the key is not accepted.
  package func models(at endpoint: EndpointURL, key: APIKey?, provider: String) async throws -> [String] {
    let wire = ModelWire(spokenAt: endpoint)
    var request = HTTPClientRequest(url: endpoint.appending(wire.listing.path))
    request.headers.add(name: "Accept", value: "application/json")
    if wire == .anthropic { request.headers.add(name: "anthropic-version", value: AnthropicProvider.version) }
    if let key {
      let header = wire == .anthropic ? ("x-api-key", key.secret) : ("Authorization", "Bearer \(key.secret)")
      request.headers.add(name: header.0, value: header.1)
    }
    let (response, body) = try await exchange(request, provider)
    guard response.status == .ok else {
      throw ProviderFailure(provider: provider, key: key)
        .error(status: Int(response.status.code), headers: response.headers, body: body)
    }
    return try Self.models(in: body, wire, provider)
  }

  /// The servers of the list that answer, in the list's order; all are asked at once.
  package func find(among servers: [LocalServer] = LocalServer.known) async -> [FoundServer] {
    await withTaskGroup(of: (Int, FoundServer)?.self) { group in
      for (place, server) in servers.enumerated() {
        group.addTask {
          guard let endpoint = EndpointURL(server.baseURL),
            // Nobody there, or somebody else: not found.
            let models = try? await models(at: endpoint, key: nil, provider: server.name)
          else { return nil }
          return (place, FoundServer(server, models: models))
        }
      }
      var found: [(Int, FoundServer)] = []
      for await one in group { if let one { found.append(one) } }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func exchange(
    _ request: HTTPClientRequest, _ provider: String
  ) async throws -> (HTTPClientResponse, [UInt8]) {
    var times = CallTimes()
    times.firstPiece = limit
    times.whole = limit
    // The library's own deadline ends with the head; this one covers the body too.
    return try await CallWatches().run(times, provider: provider) { [client, limit] _ in
      var hasBegun = false
      do {
        let response = try await client.execute(request, timeout: TimeAmount(limit))
        hasBegun = true
        return (response, Array(buffer: try await response.body.collect(upTo: Self.answerBytesMax)))
      } catch is NIOTooManyBytesError {
        throw InferenceError.tooLarge(provider, "a list of models may have \(Self.answerBytesMax) bytes.")
      } catch let error as HTTPClientError where error == .deadlineExceeded {
        throw InferenceError(.stalled, from: provider, "\(provider) did not answer within \(limit).")
      } catch {
        throw WireError.inferenceError(for: error, from: provider, hasBegun: hasBegun)
      }
    }
  }

  private static func models(in body: [UInt8], _ wire: ModelWire, _ provider: String) throws -> [String] {
    let listing = wire.listing
    guard
      let document = try? JSON(
        parsing: body, limits: JSONLimits(bytes: answerBytesMax, items: 1_000_000, stringBytes: answerBytesMax)),
      let items = document[listing.items]?.items
    else { throw InferenceError.nonsense(provider, "its list of models is no JSON with “\(listing.items)”.") }
    return Array(
      items.lazy.compactMap { $0[listing.name]?.text }
        .filter { (1...RequestLimits.modelBytesMax).contains($0.utf8.count) }.prefix(ModelFinding.modelsMax))
  }
}

extension ModelWire {
  /// Where the models are listed: the path, the list's name, and that of a model's name.
  fileprivate var listing: (path: String, items: String, name: String) {
    switch self {
    case .openAI: ("/models", "data", "id")
    // One page, as many as it has.
    case .anthropic: ("/models?limit=1000", "data", "id")
    case .ollama: ("/tags", "models", "name")
    }
  }
}
