public import Expressions

/// How much text, structure and how many dice an expression may have. Every limit is inclusive.
public struct DiceLimits: Sendable, Hashable {
  /// Unicode scalars of the text.
  public let length: Int
  /// Levels of the tree, a lone die being one; parentheses and signs are levels.
  public let depth: Int
  /// Dice terms, numbers, operators, signs, parentheses and formulas.
  public let nodes: Int
  /// Dice of one roll, all terms together.
  public let dice: Int
  /// Dice of one term; also the most a modifier may name.
  public let count: Int
  /// Sides of a die.
  public let sides: Int
  /// Limits of each `{formula}`.
  public let formula: FormulaLimits

  /// The deepest tree any limits allow: results are walked recursively, and a thread's stack is finite.
  public static let depthCeiling = 64
  /// The most dice any limits allow in a term or a roll, so that sums of counts stay far from overflow.
  public static let diceCeiling = 1_000_000

  /// 512 characters, depth 24, 200 nodes, 1,000 dice, 0…1,000 of a kind, 1…1,000,000 sides.
  public static let standard = DiceLimits()

  /// What lies above ``depthCeiling``, ``diceCeiling`` or, for sides, `Int32.max` is taken as that; a negative count as 0,
  /// and fewer than one side as one.
  public init(
    length: Int = 512, depth: Int = 24, nodes: Int = 200, dice: Int = 1_000, count: Int = 1_000,
    sides: Int = 1_000_000, formula: FormulaLimits = .standard
  ) {
    self.length = length
    self.depth = min(depth, Self.depthCeiling)
    self.nodes = nodes
    self.dice = min(dice, Self.diceCeiling)
    self.count = min(max(count, 0), Self.diceCeiling)
    self.sides = min(max(sides, 1), Int(Int32.max) - 1)
    self.formula = formula
  }
}
