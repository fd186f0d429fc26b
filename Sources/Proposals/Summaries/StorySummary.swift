/// What a model made of the older turns of a story, for prompts in which they have no room.
struct StorySummary: Codable, Sendable, Hashable {
  /// UTF-8 bytes of one.
  static let bytesMax = 8 * 1024
  /// What one may take of a prompt, by ``ContextBudget``'s count, and has as an answer.
  static let tokensMax = 500
  /// The least room of a story that one is made for: in less it would take most.
  static let roomMin = 3 * tokensMax

  /// The number of the last turn in it. The first one's is 1, or as far back as was still looked at.
  let through: Int64
  let text: String
  /// Who made it, by its own word.
  let model: String
}
