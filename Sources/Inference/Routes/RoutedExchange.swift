import StrictJSON
package import Vocabulary

/// A call in a protocol's own words, over a route whose entries all speak it.
package struct RoutedExchange: Sendable {
  private let call: RoutedCall<WireFrame>

  /// - Parameters:
  ///   - route: every provider of it takes the call; see ``ModelProvider/takes(_:)``.
  ///   - cache: where answers are kept, where the route keeps any.
  ///   - onFound: told of an answer that was there, before `emit`.
  ///   - emit: takes what comes, in order; with ``AnswerDelivery/whole`` when all of it has come.
  package init(
    route: ModelRoute, upstreams: Upstreams, context: CallContext, delivery: AnswerDelivery,
    random: any RandomSource, books: CallBooks?, bound: CallBooks.Bound, call: WireCall, cache: AnswerCache? = nil,
    onFound: @escaping @Sendable (StoredAnswer) -> Void = { _ in },
    emit: @escaping @Sendable (WireFrame) async throws -> Void
  ) {
    var bound = bound
    var call = call
    if bound.outputTokens == nil, let outputTokensMax = route.outputTokensMax {
      bound.outputTokens = Int64(outputTokensMax)
      call.outputTokensMax = outputTokensMax
    }
    self.call = RoutedCall(
      route: route, upstreams: upstreams, context: context, delivery: delivery,
      books: books.map { ($0, bound) }, random: { random.fraction() },
      ask: { [call] upstream, _, outputTokensMax, emit in
        var call = call
        call.outputTokensMax = call.outputTokensMax ?? outputTokensMax
        guard let provider = upstream.provider as? any WireProvider, provider.takes(call.endpoint) else {
          throw InferenceError.badRequest(upstream.provider.name, "it has no “\(call.endpoint.rawValue)”.")
        }
        try await provider.send(call, to: upstream.model, emit)
      }, cache: cache.flatMap { call.cache(in: $0, of: route, for: context, onFound) }, emit: emit)
  }

  /// Returns after the end of a whole answer.
  ///
  /// - Throws: ``InferenceError``; `CancellationError`; what `emit` throws.
  package func run() async throws { try await call.run() }
}

extension WireCall {
  /// Nil where the route keeps nothing.
  fileprivate func cache(
    in store: AnswerCache, of route: ModelRoute, for context: CallContext,
    _ onFound: @escaping @Sendable (StoredAnswer) -> Void
  ) -> CallCache<WireFrame>? {
    guard let age = route.cacheAge else { return nil }
    let request: JSON = [
      "body": .object(body), "headers": .object(JSONObject(distinct: headers.map { ($0.key, .string($0.value)) })),
      "isStreamed": .bool(isStreamed), "outputTokensMax": outputTokensMax.map { .integer(Int64($0)) } ?? .null,
    ]
    return CallCache(
      store: store, age: age,
      key: { AnswerKey(of: request, at: endpoint.rawValue, from: $0, for: context) }, onFound: onFound)
  }
}

extension RandomSource {
  /// From 0 up to, and without, 1.
  func fraction() -> Double {
    let bits = bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(bits >> 11) * 0x1p-53
  }
}
