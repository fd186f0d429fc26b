public import Expressions

/// One part of a result, with the parts it was made from.
public struct RollNode: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    /// `notation` has every number spelled out; `formulas` says which of them were formulas, in the order they stand.
    case dice(notation: String, sides: UInt32, dice: [RolledDie], formulas: [ResolvedFormula])
    case number
    case formula(ResolvedFormula)
    case binary(operator: String, left: RollNode, right: RollNode)
    case unary(operator: String, operand: RollNode)
    /// Parentheses. `notation` is what is done to what they hold, `kh1`; `why` is what dropped the one part inside.
    case group(RollNode, notation: String, why: String?)
    /// `(a, b)`: the sum of its members.
    case set(notation: String, members: [Member])
    /// `{a, b}`: the members' totals are treated as dice.
    case pool(notation: String, members: [Member])
    case call(function: String, arguments: [RollNode])
  }

  /// A member of a set or a pool.
  public struct Member: Sendable, Hashable {
    public let node: RollNode
    /// What it adds to the sum; 0 where it is dropped.
    public let value: Number
    /// The modifier that dropped it; nil while it is kept.
    public let why: String?

    public init(node: RollNode, value: Number, why: String?) {
      self.node = node
      self.value = value
      self.why = why
    }
  }

  public let kind: Kind
  /// What the part comes to. Whole wherever it can be.
  public let value: Number
  /// The tags behind the part, `[fire]`, in order.
  public let annotations: [String]
  /// What was rolled first to know how many dice there are, and how many sides they have.
  public let operands: [RollNode]

  public init(kind: Kind, value: Number, annotations: [String], operands: [RollNode] = []) {
    self.kind = kind
    self.value = value
    self.annotations = annotations
    self.operands = operands
  }

  /// The parts it was made from.
  public var children: [RollNode] {
    switch kind {
    case .dice, .number, .formula: operands
    case .binary(_, let left, let right): [left, right]
    case .unary(_, let operand), .group(let operand, _, _): [operand]
    case .set(_, let members), .pool(_, let members): members.map(\.node)
    case .call(_, let arguments): arguments
    }
  }
}
