/// Where a call for a name would go, in which order, and what would bound it.
package struct ModelExplanation: Sendable, Hashable, Codable {
  /// One place on the way.
  package struct Entry: Sendable, Hashable, Codable {
    package let provider: String
    /// What people call the connection; nil for the built-in model, as are its id and its address.
    package let connection: String?
    package let connectionID: ModelConnectionID?
    package let baseURL: String?
    /// As the provider spells it.
    package let model: String
    /// Tokens of request and answer together; nil where it is not known.
    package let contextTokens: Int?
    /// Tokens of an answer; nil where it is not known.
    package let outputTokensMax: Int?
    /// Nil: not known, which is not free.
    package let price: ModelPrice?
    /// What is held against it; nil for nothing.
    package let trouble: UpstreamStanding.Trouble?
    /// Calls of its connection that are under way, and that wait.
    package let underWay: Int
    package let waiting: Int

    package init(_ upstream: Upstream, of connection: ModelConnection?, over upstreams: Upstreams) {
      provider = upstream.provider.name
      self.connection = connection?.name
      connectionID = connection?.id
      baseURL = connection?.baseURL
      model = upstream.model
      contextTokens = upstream.contextTokens
      outputTokensMax = upstream.outputTokensMax
      price = upstream.price
      trouble = upstreams.trouble(of: upstream.id).map(UpstreamStanding.Trouble.init)
      (underWay, waiting) = connection.map { upstreams.load(of: $0.id) } ?? (0, 0)
    }
  }

  package let name: String
  /// The route that has the name; nil for a model of its own name.
  package let route: String?
  /// In the order in which they are asked. Empty where it cannot be asked, as ``problem`` says.
  package let entries: [Entry]
  /// How often each entry is asked again after a failure, before the first piece of an answer.
  package let retriesMax: Int
  /// No attempt begins later than this.
  package let wholeSeconds: Int64
  /// Those that a call of this person would be held of, with what is gone of them.
  package let budgets: [BudgetStanding]
  /// Why it cannot be asked now; nil when it can.
  package let problem: String?

  package init(
    name: String, route: ModelRoute?, entries: [Entry], budgets: [BudgetStanding], problem: String? = nil
  ) {
    self.name = name
    self.route = route?.name
    self.entries = entries
    retriesMax = route?.retry.retriesMax ?? 0
    wholeSeconds = route?.whole.components.seconds ?? 0
    self.budgets = budgets
    self.problem = problem
  }
}
