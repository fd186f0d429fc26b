package import Inference
package import Vocabulary

/// One call of a model in a run: what it was for, what it took, and how it ended.
package struct ModelCall: Codable, Sendable, Hashable {
  package enum Purpose: String, Codable, Sendable, CaseIterable {
    case propose
    /// The one further try, with everything that was wrong.
    case repair
    case narrate
    /// A story without operations.
    case classic
    case think
  }

  package enum State: String, Codable, Sendable, CaseIterable {
    case asked, answered, failed
    /// The server ended while the answer was coming. What it used is not known.
    case lost
  }

  package let purpose: Purpose
  package internal(set) var state: State
  package let provider: String
  package internal(set) var model: String
  package let badge: ProviderBadge?
  /// The prompt file and its version: `turn-propose@1`.
  package let prompt: String
  package let startedAt: Timestamp
  package internal(set) var endedAt: Timestamp?
  package internal(set) var usage: TokenUsage?
  /// Nil when it is not known.
  package internal(set) var costMicros: Int64?
  package internal(set) var error: String?
  /// What was sent, as people read it; left out of lists and events.
  package internal(set) var request: String?
  package internal(set) var reply: String?
}
