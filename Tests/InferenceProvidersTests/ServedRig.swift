import AsyncHTTPClient
import Inference
import InferenceConformance
import InferenceProviders
import ModelServer
import Synchronization

/// OpenAI's protocol over a real connection to a ``ModelServer``.
final class ServedRig: ConformanceRig {
  private struct Parts {
    var server: ModelServer?
    var client: HTTPClient?
  }

  private let parts = Mutex(Parts())

  func provider(for plan: UpstreamPlan) async throws -> (any ModelProvider)? {
    let server = try await ModelServer.start(playing: Self.script(of: plan))
    if plan == .isGone { await server.stop() }
    let client = HTTPClient.forModels()
    parts.withLock { $0 = Parts(server: server, client: client) }
    var times = CallTimes()
    if case .fallsSilent = plan { times.betweenPieces = .milliseconds(400) }
    guard let endpoint = EndpointURL(server.baseURL) else { return nil }
    return OpenAICompatibleProvider(name: "Test", at: endpoint, key: APIKey("sk-test"), client: client, times: times)
  }

  func departure() async { await parts.withLock { $0.server }?.departure() }

  func close() async {
    let (client, server) = parts.withLock { ($0.client, $0.server) }
    try? await client?.shutdown()
    await server?.stop()
  }

  private static func script(of plan: UpstreamPlan) -> [ModelServer.Step] {
    switch plan {
    case .answers(let pieces, let usage):
      .answer(
        pieces,
        usage: usage.map { #"{"prompt_tokens":\#($0.input ?? 0),"completion_tokens":\#($0.output ?? 0)}"# })
    case .runsOut(let pieces): .answer(pieces, reason: "length")
    case .isCut(let pieces): .beginning(pieces) + [.cut]
    case .fallsSilent(let pieces): .beginning(pieces)
    case .neverEnds(let piece):
      .beginning([]) + [.endless(Array(#"data: {"choices":[{"delta":{"content":"\#(piece)"}}]}"#.utf8 + [10, 10]))]
    case .refusesKey: .plain(401, #"{"error":{"message":"Incorrect API key provided: sk-test"}}"#)
    case .wantsPause(let seconds): .plain(429, "{}", headers: [["Retry-After", "\(seconds)"]])
    case .isOverloaded: .plain(503, "upstream connect error", type: "text/plain")
    case .isGone: []
    }
  }
}
