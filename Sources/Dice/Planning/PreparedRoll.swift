/// A dice expression that is ready to be rolled any number of times: its formulas have values, its counts are checked,
/// and its bounds are known.
public struct PreparedRoll: Sendable {
  /// No total lies outside. For sums of dice and of those that are kept these are the least and the greatest total; where
  /// dice explode, or something is done with sets, they may be wider.
  public let bounds: ClosedRange<Int64>
  let plan: RollPlan

  init(plan: RollPlan, bounds: ClosedRange<Int64>) {
    self.plan = plan
    self.bounds = bounds
  }

  /// The canonical text of the expression.
  public var expression: String { plan.expression }

  /// The most dice a roll draws, rerolls and explosions included.
  public var diceMax: Int { plan.diceMax }

  /// Rolls once: draws every die from left to right, then applies its modifiers.
  ///
  /// - Throws: what the source throws; ``DiceError`` when it returns a face the die does not have, when a divisor
  ///   made of dice shows zero, and when rerolls and explosions draw more dice than allowed. The draws made until then are
  ///   used up.
  public func roll(using source: inout some DrawSource) throws -> RollResult {
    try RollResult(plan.roll(using: &source))
  }
}
