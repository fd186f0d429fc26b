/// One step of a model's answer.
///
/// An answer is `started`, then any number of `text`, `thinking`, `toolCall` and `usage`, then `finished`, which is the only good end there is. An
/// answer that ends in any other way ends with an ``InferenceError`` that holds what was kept.
package enum ModelEvent: Sendable, Hashable, Codable {
  /// The model that answers, by its own word; it may be another than was asked for.
  case started(model: String)
  /// The next piece of the answer; never empty.
  case text(String)
  /// The next piece of what the model thinks, and of the proof that it did; kept apart from what it says.
  case thinking(ModelThinking)
  /// The next piece of a tool call.
  case toolCall(ModelToolCallPiece)
  /// What was used so far. A later one replaces an earlier one.
  case usage(TokenUsage)
  /// The answer is whole, as far as the reason says.
  case finished(FinishReason)
}

/// A piece of a tool call. Calls may come interleaved; pieces of one have its index.
package struct ModelToolCallPiece: Sendable, Hashable, Codable {
  /// Which call of the answer it is, from 0, at most ``RequestLimits/toolCallsMax`` − 1.
  package var index: Int
  /// With the first piece of a call; providers that name none get a made-up one.
  package var id: String?
  /// With the first piece.
  package var name: String?
  /// The next characters of the arguments.
  package var arguments: String

  package init(index: Int, id: String? = nil, name: String? = nil, arguments: String = "") {
    self.index = index
    self.id = id
    self.name = name
    self.arguments = arguments
  }
}

/// Why an answer ended.
package enum FinishReason: Sendable, Hashable, Codable {
  /// The model had said what it wanted to say, or a stop text came up.
  case stop
  /// The bound of tokens was reached: the answer is a beginning.
  case length
  /// The model wants a tool to be called.
  case toolCalls
  /// The provider ended the answer and gave no reason.
  case unstated
  /// A reason of the provider's own, at most 64 characters of it.
  case other(String)
}

/// The tokens of one call. What a provider does not tell is nil, never zero.
package struct TokenUsage: Sendable, Hashable, Codable {
  package var input: Int64?
  package var output: Int64?
  /// The part of `input` that the provider had in its cache.
  package var cachedInput: Int64?
  /// The part of `output` that was thought and not said.
  package var reasoning: Int64?

  package init(input: Int64? = nil, output: Int64? = nil, cachedInput: Int64? = nil, reasoning: Int64? = nil) {
    self.input = input
    self.output = output
    self.cachedInput = cachedInput
    self.reasoning = reasoning
  }
}
