import AsyncHTTPClient
import Inference
import InferenceConformance
import InferenceProviders
import ModelServer
import NIOSSL
import TestKit
import Testing
import Vocabulary

/// A route of two upstreams, each a real server that plays a script, on a clock that runs ``FastClock/speed`` times faster:
/// the primary has the fault, the fallback is well.
final class FaultRig: Sendable {
  static let words = (0..<40).map { "w\($0) " }
  static let well = [ModelServer.Step].answer(
    ["all ", "is ", "well"], model: "primary-model", usage: #"{"prompt_tokens":10,"completion_tokens":3}"#)

  let primary: ModelServer
  let fallback: ModelServer
  let clock = FastClock()
  private let client: HTTPClient
  private let upstreams: Upstreams
  private let random = SeededRandom(seed: 16)
  private let contexts: (primary: Int?, fallback: Int?)

  /// Runs a scenario, and stops what was started.
  ///
  /// - Parameter certificate: what the primary shows, over TLS; nil: it speaks in clear.
  static func run(
    contexts: (primary: Int?, fallback: Int?) = (nil, nil), showing certificate: ShownCertificate? = nil,
    _ body: (FaultRig) async throws -> Void
  ) async throws {
    let rig = try await FaultRig(contexts, certificate)
    do { try await body(rig) } catch {
      await rig.close()
      throw error
    }
    await rig.close()
  }

  private init(_ contexts: (primary: Int?, fallback: Int?), _ certificate: ShownCertificate?) async throws {
    primary = try await .start(playing: Self.well, showing: certificate)
    fallback = try await .start(
      playing: .answer(["from ", "the ", "fallback"], model: "fallback-model", usage: #"{"prompt_tokens":11}"#))
    client = HTTPClient(configuration: try Self.trusting)
    upstreams = Upstreams(clock: clock)
    self.contexts = contexts
  }

  private func close() async {
    try? await client.shutdown()
    await primary.stop()
    await fallback.stop()
  }

  /// As in production, but for whom it trusts: the tests' own root alone.
  private static var trusting: HTTPClient.Configuration {
    get throws {
      var configuration = HTTPClient.Configuration.forModels()
      var security = configuration.tlsConfiguration ?? .makeClientConfiguration()
      let root = try NIOSSLCertificate(bytes: Array(ShownCertificate.root.utf8), format: .pem)
      security.trustRoots = .certificates([root])
      configuration.tlsConfiguration = security
      return configuration
    }
  }

  // MARK: Asking

  /// Asks over the route.
  func ask(
    _ delivery: AnswerDelivery = .whole, over entries: [String] = ["primary", "fallback"], continues: Bool = false
  ) async -> Outcome {
    var answer = ModelAnswer(model: "", text: "", usage: nil, finish: .unstated)
    var endings = 0
    do {
      for try await event in try provider(delivery, entries, continues).stream(InferenceConformance.request) {
        answer.add(event)
        if case .finished = event { endings += 1 }
      }
      return Outcome(result: .success(answer), endings: endings)
    } catch {
      return Outcome(
        result: .failure(error as? InferenceError ?? InferenceError(.nonsense, from: "test", "\(error)")),
        endings: endings)
    }
  }

  struct Outcome {
    let result: Result<ModelAnswer, InferenceError>
    let endings: Int

    var text: String? { try? result.get().text }
    var error: InferenceError? { if case .failure(let error) = result { error } else { nil } }
    /// An error after which nothing looks like an end.
    func isHonest(_ kind: InferenceError.Kind) -> Bool { error?.kind == kind && endings == 0 }
  }

  private func provider(
    _ delivery: AnswerDelivery, _ entries: [String], _ continues: Bool
  ) throws -> any ModelProvider {
    var route = ModelRoute("test", entries: try entries.map { try upstream($0) })
    route.continuation = continues ? ModelRoute.continuationWords : nil
    let context = CallContext(workspace: WorkspaceID(UniqueID(high: 1, low: 1)), surface: .workbench, task: "test")
    return RoutedProvider(route, over: upstreams, for: context, delivery: delivery, random: random, books: nil)
  }

  private func upstream(_ name: String) throws -> Upstream {
    let server = name == "primary" ? primary : fallback
    var times = CallTimes()
    // What is well takes a fraction of it also where a hundred other tests run.
    times.firstPiece = .seconds(120)
    times.betweenPieces = .seconds(120)
    times.trailer = .seconds(10)
    let provider = OpenAICompatibleProvider(
      name: name, at: try #require(EndpointURL(server.baseURL)), key: APIKey("sk-canary-1234567890"), client: client,
      times: times, watches: CallWatches(clock))
    let number: UInt64 = name == "primary" ? 1 : 2
    return Upstream(
      id: UpstreamID(connection: ModelConnectionID(UniqueID(high: 2, low: number)), model: "\(name)-model"),
      provider: provider, contextTokens: name == "primary" ? contexts.primary : contexts.fallback)
  }

  /// The times between the calls that a server got, on the fast clock.
  func pauses(at server: ModelServer) -> [Duration] {
    let times = server.received.map(\.time)
    return zip(times, times.dropFirst()).map { $0.duration(to: $1) * FastClock.speed }
  }
}
