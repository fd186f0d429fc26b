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
    /// What older turns come to, after the turn and apart from it.
    case summarize
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
  /// It was refused as too long: what is asked after it counts on so many tokens of request and answer together.
  package internal(set) var nextContextTokens: Int?
  /// What had no room in its prompt; nil when everything had.
  package internal(set) var leftOut: String?
  /// Tokens that there were for the story in its prompt; nil when all of it had room.
  package internal(set) var storyRoom: Int?
  /// What was sent, as people read it; left out of lists and events.
  package internal(set) var request: String?
  package internal(set) var reply: String?
}
