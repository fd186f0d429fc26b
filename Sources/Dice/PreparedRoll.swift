/// A dice expression that is ready to be rolled any number of times: its formulas have values, its counts are checked,
/// and its bounds are known.
public struct PreparedRoll: Sendable {
  /// The least and the greatest total that can come out.
  public let bounds: ClosedRange<Int64>
  let plan: RollPlan

  init(plan: RollPlan, bounds: ClosedRange<Int64>) {
    self.plan = plan
    self.bounds = bounds
  }

  /// The canonical text of the expression.
  public var expression: String { plan.expression }

  /// The most dice a roll draws.
  public var diceMax: Int { plan.diceCount }

  /// Rolls once: draws every die from left to right, then applies its modifiers.
  ///
  /// - Throws: what the source throws; ``DiceError`` when it returns a face the die does not have, and when a divisor
  ///   made of dice shows zero. The draws made until then are used up.
  public func roll(using source: inout some DrawSource) throws -> RollResult {
    try RollResult(plan.roll(using: &source))
  }
}
