import Storage
package import Vocabulary

/// An answer that was found.
package struct StoredAnswer: Sendable, Hashable {
  /// JSON of its frames.
  let text: JSONText
  /// When it was given first.
  package let createdAt: Timestamp
  package let expiresAt: Timestamp
}

/// JSON as a value of one member, as it is sealed.
struct JSONText: Codable, Sendable, Hashable {
  let json: String
}

/// What people see of an answer in the cache.
struct AnswerLabel: Sendable, Hashable {
  let task: String
  let provider: String
  let model: String
}

/// What a workspace's cache holds.
package struct CacheStanding: Codable, Sendable, Hashable {
  package let answers: Int64
  package let bytes: Int64
  package let bytesMax: Int64
  package let answersMax: Int64
  /// How often the answers that are there were given again.
  package let hits: Int64
  /// Nil where there is none.
  package let oldest: Timestamp?
  /// How looks into it went since the process began, in all workspaces.
  package let sinceStart: CacheTally.Counts
}
