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

  /// The models, in the provider's order, with what it says they take: `GET {endpoint}/models`, or `/tags` of Ollama, and of
  /// a server on this machine ``LocalServerPages``.
  ///
  /// Some providers, OpenRouter among them, tell their models to everybody: there an answer does not prove the key.
  ///
  /// - Throws: ``InferenceError``; `badKey` when the key is not accepted.
  package func models(at endpoint: EndpointURL, key: APIKey?, provider: String) async throws -> [FoundModel] {
    let beginning = ContinuousClock.now
    let wire = ModelWire(spokenAt: endpoint)
    var request = HTTPClientRequest(url: endpoint.appending(wire.listing.path))
    request.headers.add(name: "Accept", value: "application/json")
    if wire == .anthropic { request.headers.add(name: "anthropic-version", value: AnthropicProvider.version) }
    if let key {
      let header = wire == .anthropic ? ("x-api-key", key.secret) : ("Authorization", "Bearer \(key.secret)")
      request.headers.add(name: header.0, value: header.1)
    }
    let (response, body) = try await exchange(request, provider, within: limit)
    guard response.status == .ok else {
      throw ProviderFailure(provider: provider, key: key)
        .error(status: Int(response.status.code), headers: response.headers, body: body)
    }
    let listing = try ModelListing(Self.document(body), wire, from: provider)
    if endpoint.host == OpenAIModels.host { return listing.models.map(OpenAIModels.complete) }
    let pages = LocalServerPages(of: endpoint, wire, owners: listing.owners) { [self] address, body in
      await page(address, posting: body, provider, within: limit - beginning.duration(to: .now))
    }
    return await pages?.complete(listing.models) ?? listing.models
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
          return (place, FoundServer(server, models: models.map(\.model)))
        }
      }
      var found: [(Int, FoundServer)] = []
      for await one in group { if let one { found.append(one) } }
      return found.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  /// A page beside the list; nil when it does not come in time or is no JSON.
  private func page(
    _ address: String, posting body: JSON?, _ provider: String, within time: Duration
  ) async -> JSON? {
    guard time > .zero else { return nil }
    var request = HTTPClientRequest(url: address)
    request.headers.add(name: "Accept", value: "application/json")
    if let body {
      request.method = .POST
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: body.compactBytes()))
    }
    // Nothing depends on it: what it would have told is not known then.
    guard let (response, bytes) = try? await exchange(request, provider, within: time), response.status == .ok else {
      return nil
    }
    return Self.document(bytes)
  }

  private static func document(_ bytes: [UInt8]) -> JSON? {
    try? JSON(parsing: bytes, limits: JSONLimits(bytes: answerBytesMax, items: 1_000_000, stringBytes: answerBytesMax))
  }

  private func exchange(
    _ request: HTTPClientRequest, _ provider: String, within limit: Duration
  ) async throws -> (HTTPClientResponse, [UInt8]) {
    var times = CallTimes()
    times.firstPiece = limit
    times.whole = limit
    // The library's own deadline ends with the head; this one covers the body too.
    return try await CallWatches().run(times, provider: provider) { [client] _ in
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
}
