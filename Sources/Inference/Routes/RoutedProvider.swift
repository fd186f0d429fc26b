import StrictJSON
package import Vocabulary

/// A route as a provider: what is asked of it goes where the route says.
package struct RoutedProvider: ModelProvider {
  private let route: ModelRoute
  private let upstreams: Upstreams
  private let context: CallContext
  private let delivery: AnswerDelivery
  private let random: any RandomSource
  private let books: CallBooks?
  private let cache: AnswerCache?
  private let onFound: @Sendable (StoredAnswer) -> Void

  /// - Parameters:
  ///   - cache: where answers are kept, where the route keeps any.
  ///   - onFound: told of an answer that was there, before it is given.
  package init(
    _ route: ModelRoute, over upstreams: Upstreams, for context: CallContext, delivery: AnswerDelivery,
    random: any RandomSource, books: CallBooks?, cache: AnswerCache? = nil,
    onFound: @escaping @Sendable (StoredAnswer) -> Void = { _ in }
  ) {
    precondition((1...ModelRoute.entriesMax).contains(route.entries.count), "a route leads somewhere")
    self.route = route
    self.upstreams = upstreams
    self.context = context
    self.delivery = delivery
    self.random = random
    self.books = books
    self.cache = cache
    self.onFound = onFound
  }

  package var name: String { route.entries[0].provider.name }
  package var badge: ProviderBadge? { route.entries[0].provider.badge }

  /// The request's model is each entry's own.
  package func stream(_ asked: ModelRequest) -> ModelStream {
    let request = asked.bounded(to: route.outputTokensMax)
    return ModelStream(answering: request, by: name) { [self] sink in
      let call = RoutedCall<ModelEvent>(
        route: route, upstreams: upstreams, context: context, delivery: delivery,
        books: books.map { ($0, request.bound(isStreamed: delivery == .asItComes)) },
        random: { [random] in random.fraction() },
        ask: { upstream, kept, outputTokensMax, emit in
          let request = request.bounded(to: outputTokensMax).asked(of: upstream, goingOnAfter: kept, route)
          for try await event in upstream.provider.stream(request) { try await emit(event) }
        },
        cache: cache(for: request),
        emit: { event in try await sink.send(event) })
      try await call.run()
    }
  }
}

extension RoutedProvider {
  /// Nil where the route keeps nothing, or the request points to a picture that may be another tomorrow.
  private func cache(for request: ModelRequest) -> CallCache<ModelEvent>? {
    guard let cache, let age = route.cacheAge, !request.pointsElsewhere else { return nil }
    return CallCache(
      store: cache, age: age,
      key: { [context] upstream in
        var asked = request
        asked.model = upstream.model
        // A request holds nothing that JSON cannot.
        return (try? JSON(encoding: asked)).map { AnswerKey(of: $0, at: "events", from: upstream, for: context) }
      }, onFound: onFound)
  }
}

extension ModelRequest {
  fileprivate var pointsElsewhere: Bool {
    messages.contains { message in
      message.content.contains { if case .image(.url) = $0 { true } else { false } }
    }
  }

  /// The most that it may use. A token stands for at least one byte of text, and a picture for at most
  /// ``imageTokensMax`` tokens.
  func bound(isStreamed: Bool) -> CallBooks.Bound {
    var bytes = tools.reduce(0) { $0 + $1.summary.utf8.count + $1.parameters.canonicalBytes().count }
    var images = 0
    for message in messages {
      // What a template puts around a message.
      bytes += 16 + message.words.reduce(0) { $0 + $1.utf8.count }
      for case .image in message.content { images += 1 }
    }
    if case .schema(_, let schema) = format { bytes += schema.canonicalBytes().count }
    let output = outputTokensMax.map { Int64($0) + Int64(thinkingTokensMax ?? 0) }
    return CallBooks.Bound(
      inputTokens: Int64(bytes) + Int64(images) * Self.imageTokensMax, outputTokens: output, isStreamed: isStreamed)
  }

  /// The most that a provider counts for one picture (OpenAI, Images and vision, November 2026).
  private static let imageTokensMax: Int64 = 50_000

  /// The same with a bound of tokens, where it has none.
  fileprivate func bounded(to outputTokensMax: Int?) -> ModelRequest {
    var request = self
    request.outputTokensMax = request.outputTokensMax ?? outputTokensMax
    return request
  }

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
