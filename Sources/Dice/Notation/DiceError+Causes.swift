import Expressions

extension DiceError {
  static func tooLong(_ source: String, _ limits: DiceLimits) -> DiceError {
    // Keeps the beginning only: the error must not carry a megabyte along.
    DiceError(
      .limit, at: 0, in: String(source.unicodeScalars.prefix(64)),
      "the expression is longer than \(limits.length) characters, the most allowed")
  }

  static func tooDeep(_ source: String, _ limits: DiceLimits, at position: Int) -> DiceError {
    DiceError(
      .limit, at: position, in: source,
      "the expression is deeper than \(limits.depth) levels of operators, signs and parentheses, the most allowed")
  }

  static func tooManyNodes(_ source: String, _ limits: DiceLimits, at position: Int) -> DiceError {
    DiceError(
      .limit, at: position, in: source,
      "the expression has more than \(limits.nodes) dice, numbers and operators, the most allowed")
  }

  static func tooManyDice(_ count: Int, _ source: String, _ limits: DiceLimits, at position: Int) -> DiceError {
    DiceError(
      .limit, at: position, in: source, "this makes \(count) dice in one roll; at most \(limits.dice) are allowed")
  }

  static func moreDice(_ source: String, _ limits: DiceLimits, at position: Int) -> DiceError {
    DiceError(
      .limit, at: position, in: source,
      "rerolls and explosions draw more than \(limits.dice) dice in this roll, the most allowed")
  }

  static func endless(_ modifier: String, _ source: String, at position: Int) -> DiceError {
    DiceError(
      .endless, at: position, in: source, "'\(modifier)' matches every face, so that it would draw for ever")
  }

  static func outOfRange(
    _ what: String, _ found: String, _ allowed: ClosedRange<Int>, _ source: String, at position: Int
  ) -> DiceError {
    DiceError(
      .range, at: position, in: source,
      "\(what) is \(found); allowed is \(allowed.lowerBound)…\(allowed.upperBound)")
  }

  static func invalidDraw(_ face: UInt32, sides: UInt32, _ source: String, at position: Int) -> DiceError {
    DiceError(.invalidDraw, at: position, in: source, "the draw shows \(face); a d\(sides) shows 1…\(sides)")
  }

  /// An operation that has no result, or, as `operation` then says, may have none.
  init(_ fault: ArithmeticFault, _ operation: String, _ source: String, at position: Int) {
    let kind: Kind = fault == .divisionByZero ? .divisionByZero : .overflow
    self.init(kind, at: position, in: source, "\(operation): \(fault)")
  }

  /// A formula's error, its place moved from the formula to the whole expression.
  init(_ error: FormulaError, startingAt offset: Int, in source: String) {
    self.init(
      .formula, at: offset + error.position, in: source, "in the formula: \(error.message)", formulaKind: error.kind)
  }
}
