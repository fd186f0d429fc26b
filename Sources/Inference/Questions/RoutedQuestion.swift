package import Vocabulary

/// A question over a route.
package struct RoutedQuestion: Sendable {
  private let question: ModelQuestion
  private let route: ModelRoute
  private let upstreams: Upstreams
  private let context: CallContext
  private let random: any RandomSource
  private let books: CallBooks?

  package init(
    _ question: ModelQuestion, over route: ModelRoute, upstreams: Upstreams, context: CallContext,
    random: any RandomSource, books: CallBooks?
  ) {
    self.question = question
    self.route = route
    self.upstreams = upstreams
    self.context = context
    self.random = random
    self.books = books
  }

  /// Asks, and hands on what comes. What goes wrong with the model is in the report, the last event.
  ///
  /// - Throws: `CancellationError`; what `emit` throws.
  package func ask(_ emit: (QuestionEvent) async throws -> Void) async throws {
    guard let first = route.entries.first else { return }
    let provider = RoutedProvider(
      route, over: upstreams, for: context, delivery: .asItComes, random: random, books: books)
    try await QuestionCall(
      target: QuestionTarget(provider: first.provider.name, model: first.model), provider: provider,
      request: question.request(of: first.model), price: price, elapsed: { [upstreams] in upstreams.elapsed() }
    ).run(emit)
  }

  /// Nil where it is not known, and where it depends on which entry answered.
  private var price: ModelPrice? {
    let prices = Set(route.entries.map(\.price))
    return prices.count == 1 ? prices.first.flatMap(\.self) : nil
  }
}
