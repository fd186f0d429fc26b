package import Vocabulary

/// A call in a protocol's own words, over a route whose entries all speak it.
package struct RoutedExchange: Sendable {
  private let call: RoutedCall<WireFrame>

  /// - Parameters:
  ///   - route: every provider of it takes the call; see ``ModelProvider/takes(_:)``.
  ///   - emit: takes what comes, in order; with ``AnswerDelivery/whole`` when all of it has come.
  package init(
    route: ModelRoute, upstreams: Upstreams, context: CallContext, delivery: AnswerDelivery,
    random: any RandomSource, books: CallBooks?, bound: CallBooks.Bound, call: WireCall,
    emit: @escaping @Sendable (WireFrame) async throws -> Void
  ) {
    self.call = RoutedCall(
      route: route, upstreams: upstreams, context: context, delivery: delivery,
      books: books.map { ($0, bound) }, random: { random.fraction() },
      ask: { upstream, _, emit in
        guard let provider = upstream.provider as? any WireProvider, provider.takes(call.endpoint) else {
          throw InferenceError.badRequest(upstream.provider.name, "it has no “\(call.endpoint.rawValue)”.")
        }
        try await provider.send(call, to: upstream.model, emit)
      }, emit: emit)
  }

  /// Returns after the end of a whole answer.
  ///
  /// - Throws: ``InferenceError``; `CancellationError`; what `emit` throws.
  package func run() async throws { try await call.run() }
}

extension RandomSource {
  /// From 0 up to, and without, 1.
  func fraction() -> Double {
    let bits = bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(bits >> 11) * 0x1p-53
  }
}
