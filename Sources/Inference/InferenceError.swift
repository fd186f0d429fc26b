/// Why a model's answer is not whole.
///
/// Nothing was changed anywhere by it: an answer is words until something is done with them.
package struct InferenceError: Error, Sendable, Hashable {
  package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody answered: no connection, or one that was taken away before the first byte.
    case refused
    /// Whoever answered could not prove to be the provider: its certificate is another's, or nobody trusted vouches for it.
    /// Nothing was sent.
    case untrusted
    /// The provider went silent for longer than it may.
    case stalled
    /// The answer ended without its end.
    case cut
    case badKey = "bad_key"
    /// Too much was asked lately; ``InferenceError/retryAfter`` says when to come back, where the provider says it.
    case rateLimited = "rate_limited"
    /// The provider has a fault or is too busy.
    case overloaded
    /// The provider does not take this request, and would not take it again.
    case badRequest = "bad_request"
    /// The provider does not want to talk about it.
    case contentFiltered = "content_filtered"
    /// The request is longer than the model takes.
    case contextLength = "context_length"
    /// The provider has no such model, or nothing at this address.
    case unknownModel = "unknown_model"
    /// A budget does not allow the call. Nobody was asked.
    case overBudget = "over_budget"
    /// What came is not what the protocol says.
    case nonsense
    /// More came than is read.
    case tooLarge = "too_large"
  }

  package let kind: Kind
  /// The provider's name.
  package let provider: String
  /// A sentence for people: what happened and what can be done. Never with a key in it.
  package let message: String
  /// How long the provider wants to be left alone; nil when it does not say.
  package let retryAfter: Duration?
  /// What the provider answered instead, for a client that speaks its protocol; nil when it answered nothing, or in the
  /// middle of a stream.
  package private(set) var refusal: ProviderRefusal?
  /// How many tokens of request and answer the model takes, where its refusal of a longer request says so.
  package private(set) var contextTokens: Int?
  /// The text that had come before.
  ///
  /// What arrived in the very last moment before a connection broke may be missing from it.
  package private(set) var kept: String

  package init(
    _ kind: Kind, from provider: String, _ message: String, retryAfter: Duration? = nil, kept: String = ""
  ) {
    self.kind = kind
    self.provider = provider
    self.message = KeyScrubber.scrub(message)
    self.retryAfter = retryAfter
    self.kept = kept
  }

  /// Whether asking the same again may help.
  package var isRetryable: Bool {
    switch kind {
    case .refused, .stalled, .cut, .rateLimited, .overloaded: true
    case .untrusted, .badKey, .badRequest, .contextLength, .unknownModel, .overBudget, .contentFiltered, .nonsense,
      .tooLarge:
      false
    }
  }

  /// The same, with what the provider answered.
  package func refused(with refusal: ProviderRefusal) -> InferenceError {
    var error = self
    error.refusal = refusal
    return error
  }

  /// The same, with how many tokens the model takes; nil where the refusal does not say.
  package func taking(_ contextTokens: Int?) -> InferenceError {
    var error = self
    error.contextTokens = contextTokens
    return error
  }

  /// The same, with the text that had come.
  package func keeping(_ text: String) -> InferenceError {
    var error = self
    error.kept = text
    return error
  }
}

/// An answer of a provider that is no success.
package struct ProviderRefusal: Sendable, Hashable {
  /// From 300 to 599.
  package let status: Int
  /// As much of it as was read, without the key.
  package let body: String

  package init(status: Int, body: String) {
    self.status = status
    self.body = body
  }
}

extension InferenceError: CustomStringConvertible {
  package var description: String { message }
}

extension InferenceError {
  package static func cut(_ provider: String, after kept: String = "") -> InferenceError {
    InferenceError(
      .cut, from: provider, "\(provider) stopped in the middle of its answer. What had come is kept.", kept: kept)
  }

  package static func nonsense(_ provider: String, _ what: String) -> InferenceError {
    InferenceError(.nonsense, from: provider, "What \(provider) answered cannot be understood: \(what)")
  }

  package static func tooLarge(_ provider: String, _ what: String) -> InferenceError {
    InferenceError(.tooLarge, from: provider, "\(provider) sent more than is read: \(what)")
  }

  package static func badRequest(_ provider: String, _ what: String) -> InferenceError {
    InferenceError(.badRequest, from: provider, "\(provider) does not take this request: \(what)")
  }
}
