package import Vocabulary

/// A route as a provider: what is asked of it goes where the route says.
package struct RoutedProvider: ModelProvider {
  private let route: ModelRoute
  private let upstreams: Upstreams
  private let context: CallContext
  private let delivery: AnswerDelivery
  private let random: any RandomSource

  package init(
    _ route: ModelRoute, over upstreams: Upstreams, for context: CallContext, delivery: AnswerDelivery,
    random: any RandomSource
  ) {
    precondition((1...ModelRoute.entriesMax).contains(route.entries.count), "a route leads somewhere")
    self.route = route
    self.upstreams = upstreams
    self.context = context
    self.delivery = delivery
    self.random = random
  }

  package var name: String { route.entries[0].provider.name }
  package var badge: ProviderBadge? { route.entries[0].provider.badge }

  /// The request's model is each entry's own.
  package func stream(_ request: ModelRequest) -> ModelStream {
    ModelStream(answering: request, by: name) { [self] sink in
      let call = RoutedCall<ModelEvent>(
        route: route, upstreams: upstreams, context: context, delivery: delivery,
        random: { [random] in Self.fraction(random) },
        ask: { upstream, kept in upstream.provider.stream(request.asked(of: upstream, goingOnAfter: kept, route)) },
        emit: { event in try await sink.send(event) })
      try await call.run()
    }
  }

  private static func fraction(_ random: any RandomSource) -> Double {
    let bits = random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Double(bits >> 11) * 0x1p-53
  }
}

extension ModelRequest {
  /// The same for one entry of a route, or for the rest of an answer: the beginning is the model's own, and it is told to
  /// go on. Nothing is put into its mouth, which many models refuse.
  fileprivate func asked(of upstream: Upstream, goingOnAfter kept: String?, _ route: ModelRoute) -> ModelRequest {
    var request = self
    request.model = upstream.model
    if let kept {
      if !kept.isEmpty { request.messages.append(ModelMessage(.assistant, kept)) }
      request.messages.append(ModelMessage(.user, route.continuation ?? ModelRoute.continuationWords))
    }
    return request
  }
}
