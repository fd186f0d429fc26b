package import StrictJSON

/// One question to a model, without a conversation around it.
package struct ModelQuestion: Sendable, Hashable, Codable, SchemaDescribed {
  /// A name of ``ModelDirectory``; nil: the model that was chosen.
  package let model: String?
  package let text: String
  /// What the model is told before it.
  package let rules: String?
  package let outputTokensMax: Int?

  package init(model: String? = nil, text: String, rules: String? = nil, outputTokensMax: Int? = nil) {
    self.model = model
    self.text = text
    self.rules = rules
    self.outputTokensMax = outputTokensMax
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "A question",
      properties: [
        "model": .init(
          "A name of `GET /v1/models`; the model that was chosen when left out.",
          .length(1...RequestLimits.modelBytesMax), .example("default")),
        "text": .init("What is asked.", .length(1...1_000_000)),
        "rules": .init("What the model is told before it.", .length(1...1_000_000)),
        "outputTokensMax": .init("How many tokens the answer may have.", .integers(1...1_000_000)),
      ])
  }

  func request(of model: String) -> ModelRequest {
    ModelRequest(
      model: model, messages: (rules.map { [ModelMessage(.system, $0)] } ?? []) + [ModelMessage(.user, text)],
      outputTokensMax: outputTokensMax)
  }
}
