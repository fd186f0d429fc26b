package import Operations
package import Vocabulary

/// A seed as people see it.
package struct Seed: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable { case committed, revealed }

  package struct Contribution: Codable, Sendable, Hashable {
    package struct Contributor: Codable, Sendable, Hashable {
      package let id: PersonID?
      package let name: String
    }
    package let number: Int64
    package let person: Contributor
    package let text: String
    package let time: Timestamp
  }

  package let number: Int64
  package let commitment: String
  package let state: State
  /// Hexadecimal, once revealed.
  package let secret: String?
  package let createdAt: Timestamp
  package let revealedAt: Timestamp?
  package let nextRoll: Int64
  package let entropy: [Contribution]
}

/// What happens to seeds. Nothing takes it back: what was promised or made public stays so.
package enum SeedChange: StateChange, Hashable {
  case committed(number: Int64, seed: SealedSeed, at: Timestamp)
  case revealed(number: Int64, secret: String, at: Timestamp)
  case entropyAdded(seed: Int64, Seed.Contribution, digest: String)

  package var touches: [StateKey] {
    switch self {
    case .committed(let number, _, _), .revealed(let number, _, _), .entropyAdded(let number, _, _):
      [StateKey("seeds/\(number)")]
    }
  }

  package var inverse: SeedChange? { nil }

  private enum Kind: String, Codable {
    case committed, revealed
    case entropyAdded = "entropy_added"
  }
  private enum CodingKeys: String, CodingKey { case kind, number, seed, secret, at, contribution, digest }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let number = try container.decode(Int64.self, forKey: .number)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .committed:
      self = .committed(
        number: number, seed: try container.decode(SealedSeed.self, forKey: .seed),
        at: try container.decode(Timestamp.self, forKey: .at))
    case .revealed:
      self = .revealed(
        number: number, secret: try container.decode(String.self, forKey: .secret),
        at: try container.decode(Timestamp.self, forKey: .at))
    case .entropyAdded:
      self = .entropyAdded(
        seed: number, try container.decode(Seed.Contribution.self, forKey: .contribution),
        digest: try container.decode(String.self, forKey: .digest))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .committed(let number, let seed, let time):
      try container.encode(Kind.committed, forKey: .kind)
      try container.encode(number, forKey: .number)
      try container.encode(seed, forKey: .seed)
      try container.encode(time, forKey: .at)
    case .revealed(let number, let secret, let time):
      try container.encode(Kind.revealed, forKey: .kind)
      try container.encode(number, forKey: .number)
      try container.encode(secret, forKey: .secret)
      try container.encode(time, forKey: .at)
    case .entropyAdded(let number, let contribution, let digest):
      try container.encode(Kind.entropyAdded, forKey: .kind)
      try container.encode(number, forKey: .number)
      try container.encode(contribution, forKey: .contribution)
      try container.encode(digest, forKey: .digest)
    }
  }
}
