import AsyncHTTPClient
import Inference
import InferenceConformance
import InferenceProviders
import ModelServer
import Synchronization

/// A protocol that providers speak, with scripts of its own.
enum Wire: CaseIterable, Sendable {
  case openAI, anthropic, ollama

  func provider(
    at endpoint: EndpointURL, key: APIKey?, client: HTTPClient, times: CallTimes = CallTimes(),
    limits: StreamLimits = StreamLimits()
  ) -> any ModelProvider {
    switch self {
    case .openAI:
      OpenAICompatibleProvider(name: "Test", at: endpoint, key: key, client: client, times: times, limits: limits)
    case .anthropic:
      AnthropicProvider(name: "Test", at: endpoint, key: key, client: client, times: times, limits: limits)
    case .ollama: OllamaProvider(name: "Test", at: endpoint, key: key, client: client, times: times, limits: limits)
    }
  }

  func answer(_ pieces: [String], runsOut: Bool = false, usage: TokenUsage? = nil) -> [ModelServer.Step] {
    let (input, output) = (usage?.input.map { Int($0) }, usage?.output.map { Int($0) })
    switch self {
    case .openAI:
      return .answer(
        pieces, reason: runsOut ? "length" : "stop",
        usage: usage.map { #"{"prompt_tokens":\#($0.input ?? 0),"completion_tokens":\#($0.output ?? 0)}"# })
    case .anthropic:
      return .message(pieces, reason: runsOut ? "max_tokens" : "end_turn", input: input, output: output)
    case .ollama: return .lines(pieces, reason: runsOut ? "length" : "stop", input: input, output: output)
    }
  }

  func beginning(_ pieces: [String]) -> [ModelServer.Step] {
    switch self {
    case .openAI: .beginning(pieces)
    case .anthropic: .messageBeginning(pieces)
    case .ollama: .linesBeginning(pieces)
    }
  }

  func endless(_ piece: String) -> [UInt8] {
    switch self {
    case .openAI: Array(#"data: {"choices":[{"delta":{"content":"\#(piece)"}}]}"#.utf8 + [10, 10])
    case .anthropic:
      Array(
        #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(piece)"}}"#.utf8 + [
          10, 10,
        ])
    case .ollama: Array(#"{"model":"m","message":{"content":"\#(piece)"},"done":false}"#.utf8 + [10])
    }
  }
}

/// A protocol over a real connection to a ``ModelServer``.
final class ServedRig: ConformanceRig {
  private struct Parts {
    var server: ModelServer?
    var client: HTTPClient?
  }

  private let wire: Wire
  private let parts = Mutex(Parts())

  init(_ wire: Wire) { self.wire = wire }

  func provider(for plan: UpstreamPlan) async throws -> (any ModelProvider)? {
    let server = try await ModelServer.start(playing: script(of: plan))
    if plan == .isGone { await server.stop() }
    let client = HTTPClient.forModels()
    parts.withLock { $0 = Parts(server: server, client: client) }
    var times = CallTimes()
    if case .fallsSilent = plan { times.betweenPieces = .milliseconds(400) }
    guard let endpoint = EndpointURL(server.baseURL) else { return nil }
    return wire.provider(at: endpoint, key: APIKey("sk-test"), client: client, times: times)
  }

  func departure() async { await parts.withLock { $0.server }?.departure() }

  func close() async {
    let (client, server) = parts.withLock { ($0.client, $0.server) }
    try? await client?.shutdown()
    await server?.stop()
  }

  private func script(of plan: UpstreamPlan) -> [ModelServer.Step] {
    switch plan {
    case .answers(let pieces, let usage): wire.answer(pieces, usage: usage)
    case .runsOut(let pieces): wire.answer(pieces, runsOut: true)
    case .isCut(let pieces): wire.beginning(pieces) + [.cut]
    case .fallsSilent(let pieces): wire.beginning(pieces)
    case .neverEnds(let piece): wire.beginning([]) + [.endless(wire.endless(piece))]
    case .refusesKey: .plain(401, #"{"error":{"message":"Incorrect API key provided: sk-test"}}"#)
    case .wantsPause(let seconds): .plain(429, "{}", headers: [["Retry-After", "\(seconds)"]])
    case .isOverloaded: .plain(503, "upstream connect error", type: "text/plain")
    case .isGone: []
    }
  }
}
