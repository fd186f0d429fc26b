import StrictJSON
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import Inference

/// Keeps the bounds of the calls that it gets.
private final class BoundedModel: WireProvider {
  let name = "Bounded"
  let badge: ProviderBadge? = nil
  private let kept = Mutex<[Int?]>([])

  var bounds: [Int?] { kept.withLock { $0 } }

  func takes(_ endpoint: WireCall.Endpoint) -> Bool { true }

  func stream(_ request: ModelRequest) -> ModelStream {
    kept.withLock { $0.append(request.outputTokensMax) }
    return ModelStream(answering: request, by: name) { sink in
      try await sink.send(.started(model: "m"))
      try await sink.send(.text("Well met."))
      try await sink.send(.finished(.stop))
    }
  }

  func send(
    _ call: WireCall, to model: String, _ emit: @escaping @Sendable (WireFrame) async throws -> Void
  ) async throws {
    kept.withLock { $0.append(call.outputTokensMax) }
    try await emit(WireFrame(.whole(Array("{}".utf8)), [.started(model: "m"), .text("Well met."), .finished(.stop)]))
  }
}

@Suite("Answers that nobody bounded")
struct OutputBoundTests {
  /// The bounds that a provider gets for a call that may set one, over a route that may, in both ways of a call.
  private func bounds(
    request outputTokensMax: Int? = nil, route: Int? = nil, budget: Int64? = nil
  ) async throws -> [Int?] {
    let world = try await LedgerWorld()
    if let budget { try await world.set(budget) }
    let model = BoundedModel()
    var over = ModelRoute(
      "careful",
      entries: [
        Upstream(id: UpstreamID(connection: nil, model: "m"), provider: model, price: LedgerWorld.price)
      ])
    over.outputTokensMax = route
    let books = CallBooks(ledger: world.ledger, ids: world.ids)
    let provider = RoutedProvider(
      over, over: Upstreams(), for: world.context(), delivery: .whole, random: world.random, books: books)
    _ = try await provider.answer(
      to: ModelRequest(model: "m", messages: [ModelMessage(.user, "hi")], outputTokensMax: outputTokensMax))
    try await RoutedExchange(
      route: over, upstreams: Upstreams(), context: world.context(), delivery: .whole, random: world.random,
      books: books,
      bound: CallBooks.Bound(
        inputTokens: 10, outputTokens: outputTokensMax.map(Int64.init), isStreamed: false),
      call: WireCall(.chatCompletions, body: [:], isStreamed: false)
    ) { _ in }.run()
    await books.drain()
    return model.bounds
  }

  @Test func `without a budget and a bound of the route the provider decides`() async throws {
    #expect(try await bounds() == [nil, nil])
  }

  @Test func `the route bounds what the request does not`() async throws {
    #expect(try await bounds(route: 500) == [500, 500])
    // The body of a call in a protocol's own words has its bound already.
    #expect(try await bounds(request: 20, route: 500) == [20, nil])
  }

  @Test func `what a budget is held of is what may be used`() async throws {
    let unset = Int(CallBooks.Bound.outputTokensUnset)
    #expect(try await bounds(budget: 1_000_000) == [unset, unset])
    #expect(try await bounds(route: 500, budget: 1_000_000) == [500, 500])
  }
}
