/// One die of a result.
public struct RolledDie: Sendable, Hashable {
  public enum State: String, Sendable, Hashable, Codable {
    /// Counts toward the value of its term.
    case kept
    case dropped
    /// Another die was drawn in its place.
    case replaced
  }

  /// Something that was done to it after its first draw.
  public struct Change: Sendable, Hashable, Codable {
    /// The modifier: `ro<3`, `min2`.
    public let by: String
    /// What it showed, or counted, from then on.
    public let value: Int64
    /// The number of the draw; nil where nothing was drawn.
    public let draw: Int?

    public init(by: String, value: Int64, draw: Int?) {
      self.by = by
      self.value = value
      self.draw = draw
    }
  }

  public let sides: UInt32
  private let shown: Shown
  /// What it counts if it is kept.
  public let value: Int64
  public let state: State
  /// The modifier that dropped or replaced it, `kh3`; nil while it is kept.
  public let why: String?
  /// The modifier by which it exploded, `x6`; nil when it did not.
  public let exploded: String?
  /// Rerolls and raised or lowered values, in order.
  public let changes: [Change]

  public init(
    sides: UInt32, faces: [Int64], draws: [Int], value: Int64, state: State, why: String?, exploded: String? = nil,
    changes: [Change] = []
  ) {
    self.sides = sides
    shown = faces.count == 1 && draws.count == 1 ? .once(faces[0], draw: draws[0]) : .again(faces, draws: draws)
    self.value = value
    self.state = state
    self.why = why
    self.exploded = exploded
    self.changes = changes
  }

  /// A die that was drawn once and not changed, as most are.
  init(sides: UInt32, face: Int64, draw: Int, state: State, why: String?, exploded: String?) {
    self.sides = sides
    shown = .once(face, draw: draw)
    value = face
    self.state = state
    self.why = why
    self.exploded = exploded
    changes = []
  }

  /// Every face it showed, in order.
  public var faces: [Int64] {
    switch shown {
    case .once(let face, _): [face]
    case .again(let faces, _): faces
    }
  }

  /// For each face, the number of its draw in this roll, from 0.
  public var draws: [Int] {
    switch shown {
    case .once(_, let draw): [draw]
    case .again(_, let draws): draws
    }
  }

  /// Most dice show one face: two lists for each would be most of what a tree takes to make. One face of one draw is
  /// always `once`, so that equal dice are equal here.
  private enum Shown: Sendable, Hashable {
    case once(Int64, draw: Int)
    case again([Int64], draws: [Int])
  }
}

extension RolledDie: Codable {
  /// Says `null` where there is no reason. What most dice have nothing to say about is left out: a journal holds many.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sides, forKey: .sides)
    try container.encode(faces, forKey: .faces)
    try container.encode(draws, forKey: .draws)
    try container.encode(value, forKey: .value)
    try container.encode(state, forKey: .state)
    try container.encode(why, forKey: .why)
    try container.encodeIfPresent(exploded, forKey: .exploded)
    if !changes.isEmpty { try container.encode(changes, forKey: .changes) }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      sides: try container.decode(UInt32.self, forKey: .sides),
      faces: try container.decode([Int64].self, forKey: .faces),
      draws: try container.decode([Int].self, forKey: .draws),
      value: try container.decode(Int64.self, forKey: .value),
      state: try container.decode(State.self, forKey: .state),
      why: try container.decode(String?.self, forKey: .why),
      exploded: try container.decodeIfPresent(String.self, forKey: .exploded),
      changes: try container.decodeIfPresent([Change].self, forKey: .changes) ?? [])
  }

  private enum CodingKeys: String, CodingKey {
    case sides, faces, draws, value, state, why, exploded, changes
  }
}
