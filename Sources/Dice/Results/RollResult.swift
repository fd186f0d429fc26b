/// What a roll came to, with everything that shows why: every die, every face, every part of the expression.
///
/// A result that was just rolled is two flat arrays over a shared plan; the tree and the texts are made when they are
/// read. A result that was decoded keeps the tree and the texts it came with, so that an old result says for ever what
/// it said when it was rolled.
public struct RollResult: Sendable {
  /// The value of the expression, a fraction cut off toward zero.
  public let total: Int64
  private let content: Content

  private enum Content: Sendable {
    case rolled(RolledPlan)
    case decoded(RollRecord)
  }

  /// Whether a d20 decided the roll with its best or its worst face.
  public enum Critical: String, Sendable, Hashable, Codable {
    case success, failure
  }

  init(_ rolled: RolledPlan) throws(DiceError) {
    total = try rolled.total()
    content = .rolled(rolled)
  }

  init(_ record: RollRecord) {
    total = record.total
    content = .decoded(record)
  }

  /// The canonical text of what was rolled, formulas unresolved.
  public var expression: String {
    switch content {
    case .rolled(let rolled): rolled.plan.expression
    case .decoded(let record): record.expression
    }
  }

  /// The roll in one line: `4d6kh3 (6, 5, 4, ~1~) + 2 = 17`.
  public var text: String {
    switch content {
    case .rolled(let rolled): rolled.text(total: total)
    case .decoded(let record): record.text
    }
  }

  /// The roll in words, for those who listen.
  public var spoken: String {
    switch content {
    case .rolled(let rolled): rolled.spoken(total: total)
    case .decoded(let record): record.spoken
    }
  }

  /// Set where the leftmost part of the expression is d20s of which exactly one is kept, showing 20 or 1.
  public var critical: Critical? {
    switch content {
    case .rolled(let rolled): rolled.critical
    case .decoded(let record): record.critical
    }
  }

  /// What the parts under each annotation contribute to the total, a fraction cut off toward zero. Signs, factors and
  /// divisors outside a part apply to its contribution, each rounded on its own; the outermost of equal annotations
  /// counts. A contribution is held within `Int64`.
  public var totalsByAnnotation: [String: Int64] {
    switch content {
    case .rolled(let rolled): rolled.totalsByAnnotation
    case .decoded(let record): record.totalsByAnnotation
    }
  }

  /// How many dice were drawn.
  public var dice: Int {
    switch content {
    case .rolled(let rolled): rolled.dice.count
    case .decoded(let record): record.dice
    }
  }

  /// The whole expression with the value of each part.
  public var root: RollNode {
    switch content {
    case .rolled(let rolled): rolled.node(at: rolled.rootIndex)
    case .decoded(let record): record.root
    }
  }

  /// Everything at once, in the shape of its JSON.
  var record: RollRecord {
    switch content {
    case .rolled:
      RollRecord(
        total: total, expression: expression, text: text, spoken: spoken, critical: critical,
        totalsByAnnotation: totalsByAnnotation, dice: dice, root: root)
    case .decoded(let record): record
    }
  }
}

extension RollResult: Hashable {
  /// Results are equal when everything they say is.
  public static func == (left: RollResult, right: RollResult) -> Bool {
    left.total == right.total && left.record == right.record
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(total)
    hasher.combine(expression)
  }
}

extension RollResult: Codable {
  public func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
  }

  public init(from decoder: any Decoder) throws {
    self.init(try RollRecord(from: decoder))
  }
}

extension RollResult: CustomStringConvertible {
  public var description: String { text }
}
