/// A model of a connection: what a breaker guards.
package struct UpstreamID: Sendable, Hashable {
  /// nil for the built-in model.
  package let connection: ModelConnectionID?
  package let model: String

  package init(connection: ModelConnectionID?, model: String) {
    self.connection = connection
    self.model = model
  }
}

/// One place a call can go to.
package struct Upstream: Sendable {
  package let id: UpstreamID
  package let provider: any ModelProvider
  /// Tokens of request and answer together; nil where it is not known.
  package let contextTokens: Int?
  /// Tokens of an answer; nil where it is not known.
  package let outputTokensMax: Int?
  /// nil: unknown, which is not free.
  package let price: ModelPrice?
  /// Keeps what a refusal said the model takes; nil where nobody keeps it.
  private let keepContext: (@Sendable (Int) async -> Void)?

  package init(
    id: UpstreamID, provider: any ModelProvider, contextTokens: Int? = nil, outputTokensMax: Int? = nil,
    price: ModelPrice? = nil, keepContext: (@Sendable (_ tokens: Int) async -> Void)? = nil
  ) {
    self.id = id
    self.provider = provider
    self.contextTokens = contextTokens
    self.outputTokensMax = outputTokensMax
    self.price = price
    self.keepContext = keepContext
  }

  /// As the provider spells it.
  package var model: String { id.model }

  /// Has kept how many tokens the model takes, where its refusal says so and it is news.
  func learn(from refusal: InferenceError) async {
    guard let tokens = refusal.contextTokens, contextTokens.map({ tokens < $0 }) ?? true else { return }
    await keepContext?(tokens)
  }
}

/// Where a call goes, and where it goes when that fails.
package struct ModelRoute: Sendable {
  package static let entriesMax = 8
  /// What a model is told whose answer is to go on where another broke off, unless a route says it in other words.
  package static let continuationWords =
    "Your answer broke off. Go on exactly where it ends: repeat nothing, and say nothing about it."

  /// “fast”; nil for a model that was asked by its own name.
  package let name: String?
  /// In the order in which they are asked; 1 to ``entriesMax``.
  package let entries: [Upstream]
  package var retry = RetryPolicy()
  /// For all attempts together; none begins after it.
  package var whole = Duration.seconds(600)
  /// Says a model to go on where an answer broke off that had reached its reader; nil ends such an answer with its error.
  package var continuation: String?

  /// The most tokens of an answer, where a request sets no bound; nil leaves it to the provider.
  package var outputTokensMax: Int?
  /// How long an answer is given again to the same request; nil: never.
  package var cacheAge: Duration?

  package init(_ name: String?, entries: [Upstream]) {
    self.name = name
    self.entries = entries
  }
}
