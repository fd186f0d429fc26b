package import Operations
package import Vocabulary

/// What people do to the cache of answers.
package enum CacheChange: StateChange, Hashable {
  /// No answer is found any more that was kept until then.
  case emptied(at: Timestamp)

  package var touches: [StateKey] { [StateKey("\(Self.part)/answers")] }
  /// Answers are kept nowhere else.
  package var inverse: CacheChange? { nil }

  /// The part of the state that it is of.
  package static let part = "cache"

  private enum Kind: String, Codable { case emptied }
  private enum CodingKeys: String, CodingKey { case kind, at }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .emptied: self = .emptied(at: try container.decode(Timestamp.self, forKey: .at))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .emptied(let time):
      try container.encode(Kind.emptied, forKey: .kind)
      try container.encode(time, forKey: .at)
    }
  }
}
