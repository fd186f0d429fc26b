import AsyncHTTPClient
import InferenceConformance
import InferenceProviders
import TestKit

@testable import Inference

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A process that asks a slow upstream several times at once, books each call, and is killed in the midst of it.
enum KilledCaller {
  static let calls = 6
  /// Milliseconds: some calls have ended by then.
  private static let longest = 900

  /// - Parameter kill: which kill this is; each call asks for a model of its own name.
  static func model(_ kill: Int, _ call: Int) -> String { "model-\(kill)-\(call)-" }

  /// Never returns, unless it fails.
  static func run(at path: String, asking address: String, kill: Int) async throws {
    try await LedgerWorld.on(path, seed: UInt64(kill)) { world in
      guard let endpoint = EndpointURL(address) else { return }
      let provider = OpenAICompatibleProvider(name: "Slow", at: endpoint, key: nil, client: .forModels())
      let books = CallBooks(ledger: world.ledger, ids: world.ids)
      let upstreams = Upstreams()
      await withTaskGroup(of: Void.self) { group in
        for call in 0..<calls {
          let upstream = Upstream(
            id: UpstreamID(connection: nil, model: model(kill, call)), provider: provider, price: LedgerWorld.price)
          let routed = RoutedProvider(
            ModelRoute(nil, entries: [upstream]), over: upstreams, for: world.context(), delivery: .asItComes,
            random: world.random, books: books)
          group.addTask { _ = try? await routed.answer(to: InferenceConformance.request) }
        }
        let moment = Duration.milliseconds(world.random.below(longest))
        group.addTask {
          try? await Task.sleep(for: moment)
          Self.kill()
        }
        await group.waitForAll()
      }
    }
  }

  private static func kill() { _ = raise(SIGKILL) }
}
