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
    /// Parentheses.
    case group(RollNode)
  }

  public let kind: Kind
  /// What the part comes to. Whole wherever it can be.
  public let value: Number
  /// The tags behind the part, `[fire]`, in order.
  public let annotations: [String]

  public init(kind: Kind, value: Number, annotations: [String]) {
    self.kind = kind
    self.value = value
    self.annotations = annotations
  }
}
