package import StrictJSON

/// A model as its provider lists it, with what it takes as far as the provider says. Nil: it does not say.
package struct FoundModel: Sendable, Hashable, Codable, SchemaDescribed {
  /// Numbers of tokens that are believed; what lies outside was not meant so, or is no use.
  package static let contextRange = 512...16_777_216
  package static let outputRange = 64...RequestLimits.outputTokensMax

  /// As the provider spells it.
  package let model: String
  /// Tokens of request and answer together.
  package let contextTokens: Int?
  /// Tokens of an answer.
  package let outputTokensMax: Int?

  /// Numbers that are not believed are left out.
  package init(_ model: String, contextTokens: Int? = nil, outputTokensMax: Int? = nil) {
    self.model = model
    self.contextTokens = contextTokens.flatMap { Self.contextRange.contains($0) ? $0 : nil }
    self.outputTokensMax = outputTokensMax.flatMap { Self.outputRange.contains($0) ? $0 : nil }
  }

  /// Whether anything is known of what it takes.
  package var isBounded: Bool { contextTokens != nil || outputTokensMax != nil }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "What a model takes",
      properties: [
        "model": .init("The model, as its provider spells it.", .length(1...RequestLimits.modelBytesMax)),
        "contextTokens": .init(
          "Tokens of request and answer together.",
          .integers(Int64(contextRange.lowerBound)...Int64(contextRange.upperBound))),
        "outputTokensMax": .init(
          "Tokens of an answer.", .integers(Int64(outputRange.lowerBound)...Int64(outputRange.upperBound))),
      ])
  }
}
