/// What a look at a key and an address showed. Nothing of it was stored.
package struct ModelCheck: Sendable, Hashable, Codable {
  /// The provider's name; nil when it is not known whose key it is.
  package let provider: String?
  /// Whether it answered and speaks a protocol that is spoken here.
  package let isUsable: Bool
  /// Where it answers; nil when nobody was asked.
  package let baseURL: String?
  /// As the provider spells them, in its order.
  package let models: [String]
  /// What they take, of those of which the provider says it.
  package let limits: [FoundModel]
  /// For people: what was found, or what to do about it.
  package let message: String

  package init(
    provider: String?, isUsable: Bool, baseURL: String?, models: [String], limits: [FoundModel] = [], message: String
  ) {
    self.provider = provider
    self.isUsable = isUsable
    self.baseURL = baseURL
    self.models = models
    self.limits = limits
    self.message = message
  }

  private enum CodingKeys: String, CodingKey { case provider, isUsable, baseURL, models, limits, message }

  /// What is not known is written as null.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(provider, forKey: .provider)
    try container.encode(isUsable, forKey: .isUsable)
    try container.encode(baseURL, forKey: .baseURL)
    try container.encode(models, forKey: .models)
    try container.encode(limits, forKey: .limits)
    try container.encode(message, forKey: .message)
  }
}

extension ModelCheck {
  /// It answered.
  static func usable(_ provider: String, at endpoint: EndpointURL, models: [FoundModel], hasKey: Bool) -> ModelCheck {
    let count = models.count == 1 ? "one model" : "\(models.count) models"
    let proof =
      hasKey && KeyShape.listsToEverybody(provider)
      ? " It tells its models to everybody: whether it takes the key shows at the first call." : ""
    return ModelCheck(
      provider: provider, isUsable: true, baseURL: "\(endpoint)", models: models.map(\.model),
      limits: models.filter(\.isBounded), message: "\(provider) answers, with \(count).\(proof)")
  }

  static func unusable(_ provider: String?, at endpoint: EndpointURL? = nil, _ message: String) -> ModelCheck {
    ModelCheck(
      provider: provider, isUsable: false, baseURL: endpoint.map { "\($0)" }, models: [], message: message)
  }
}

extension ModelFinder {
  /// Looks at a key and an address: whose they are, whether they answer, and with which models.
  ///
  /// - Throws: `CancellationError`. What is wrong with the provider or the key is an answer.
  package func check(_ candidate: ModelCandidate) async throws -> ModelCheck {
    switch candidate.standing {
    case .unusable(let provider, let why): return .unusable(provider, why)
    case .askable(let provider, let endpoint):
      do {
        // A model's name is kept and shown; one that is a key is neither.
        let models = try await models(of: provider, at: endpoint, key: candidate.key)
          .filter { !candidate.shows(in: $0.model) }
        return .usable(provider, at: endpoint, models: models, hasKey: candidate.key != nil)
      } catch let error as InferenceError {
        return .unusable(provider, at: endpoint, KeyScrubber.scrub(error.message, knowing: candidate.key))
      }
    }
  }
}
