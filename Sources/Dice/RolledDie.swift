/// One die of a result.
public struct RolledDie: Sendable, Hashable, Codable {
  public enum State: String, Sendable, Hashable, Codable {
    /// Counts toward the value of its term.
    case kept
    case dropped
  }

  public let sides: UInt32
  /// Every face it showed, in order; the last one stands.
  public let faces: [UInt32]
  /// For each face, the number of its draw in this roll, from 0.
  public let draws: [Int]
  /// What it counts if it is kept.
  public let value: Int64
  public let state: State
  /// The modifier that dropped it, `kh3`; nil while it is kept.
  public let why: String?

  /// Like the synthesized one, but says `null` where there is no reason.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sides, forKey: .sides)
    try container.encode(faces, forKey: .faces)
    try container.encode(draws, forKey: .draws)
    try container.encode(value, forKey: .value)
    try container.encode(state, forKey: .state)
    try container.encode(why, forKey: .why)
  }

  private enum CodingKeys: String, CodingKey {
    case sides, faces, draws, value, state, why
  }
}
