package import Operations

/// What people do to the cache of answers.
package enum CacheChange: StateChange, Hashable {
  /// Every answer is gone.
  case emptied

  package var touches: [StateKey] { [StateKey("cache/answers")] }
  /// Answers are kept nowhere else.
  package var inverse: CacheChange? { nil }

  private enum Kind: String, Codable { case emptied }
  private enum CodingKeys: String, CodingKey { case kind }

  package init(from decoder: any Decoder) throws {
    switch try decoder.container(keyedBy: CodingKeys.self).decode(Kind.self, forKey: .kind) {
    case .emptied: self = .emptied
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .emptied: try container.encode(Kind.emptied, forKey: .kind)
    }
  }
}
