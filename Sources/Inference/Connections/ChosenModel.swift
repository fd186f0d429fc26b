/// The model that answers, with what a caller must know to ask it.
package struct ChosenModel: Sendable {
  /// Tokens of request and answer together where the model's own number is not known: what small local models have.
  package static let contextTokensUnknown = 8_192

  package let provider: any ModelProvider
  /// As the provider spells it; goes into ``ModelRequest/model``.
  package let model: String
  /// Tokens of request and answer together, at most.
  package let contextTokens: Int
  /// Tokens of an answer, at most; nil where that is not known.
  package let outputTokensMax: Int?
  /// nil: unknown, which is not free.
  package let price: ModelPrice?

  package init(
    provider: any ModelProvider, model: String, contextTokens: Int = ChosenModel.contextTokensUnknown,
    outputTokensMax: Int? = nil, price: ModelPrice? = nil
  ) {
    self.provider = provider
    self.model = model
    self.contextTokens = contextTokens
    self.outputTokensMax = outputTokensMax
    self.price = price
  }
}
