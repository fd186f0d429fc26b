/// What happens to a question: it goes somewhere, the answer comes, and at the end stands a report, however it ended.
///
/// As JSON it is an object with one member, named as the case.
package enum QuestionEvent: Sendable, Hashable {
  /// Where it goes first.
  case asked(QuestionTarget)
  /// The next piece of the answer.
  case text(String)
  /// The next piece of what the model thinks.
  case thinking(String)
  /// The last event.
  case report(QuestionReport)
}

package struct QuestionTarget: Sendable, Hashable, Codable {
  package let provider: String
  package let model: String

  package init(provider: String, model: String) {
    self.provider = provider
    self.model = model
  }
}

/// How a question ended. What is not known is left out.
package struct QuestionReport: Sendable, Hashable, Codable {
  /// Why there is no whole answer.
  package struct Failure: Sendable, Hashable, Codable {
    package let kind: InferenceError.Kind
    /// A sentence for people, without a key in it.
    package let message: String
    /// Whether asking the same again may help.
    package let isRetryable: Bool

    package init(_ error: InferenceError) {
      kind = error.kind
      message = error.message
      isRetryable = error.isRetryable
    }
  }

  /// By its own word.
  package internal(set) var model: String?
  package internal(set) var finish: String?
  package internal(set) var usage: TokenUsage?
  /// What the tokens cost that were told; nil where they or the price are not known.
  package internal(set) var costMicros: Int64?
  /// From the question to the first piece of the answer.
  package internal(set) var firstPieceMicros: Int64?
  package internal(set) var durationMicros: Int64
  /// Nil for a whole answer.
  package internal(set) var failure: Failure?

  package init(
    model: String? = nil, finish: String? = nil, usage: TokenUsage? = nil, costMicros: Int64? = nil,
    firstPieceMicros: Int64? = nil, durationMicros: Int64, failure: Failure? = nil
  ) {
    self.model = model
    self.finish = finish
    self.usage = usage
    self.costMicros = costMicros
    self.firstPieceMicros = firstPieceMicros
    self.durationMicros = durationMicros
    self.failure = failure
  }
}

extension QuestionEvent: Codable {
  private enum CodingKeys: String, CodingKey { case asked, text, thinking, report }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let target = try container.decodeIfPresent(QuestionTarget.self, forKey: .asked) {
      self = .asked(target)
    } else if let text = try container.decodeIfPresent(String.self, forKey: .text) {
      self = .text(text)
    } else if let text = try container.decodeIfPresent(String.self, forKey: .thinking) {
      self = .thinking(text)
    } else {
      self = .report(try container.decode(QuestionReport.self, forKey: .report))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .asked(let target): try container.encode(target, forKey: .asked)
    case .text(let text): try container.encode(text, forKey: .text)
    case .thinking(let text): try container.encode(text, forKey: .thinking)
    case .report(let report): try container.encode(report, forKey: .report)
    }
  }
}
