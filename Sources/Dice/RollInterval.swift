import Expressions

/// The least and the greatest value a part of an expression can take, known before any die is drawn.
struct RollInterval {
  let low: Number
  let high: Number
  /// Whether every value between them that can occur is whole.
  let isWhole: Bool

  init(_ value: Number) {
    low = value
    high = value
    isWhole = if case .integer = value { true } else { false }
  }

  /// The sum of `count` dice.
  init(count: Int, sides: Int) {
    low = .integer(Int64(count))
    high = .integer(Int64(count) * Int64(sides))
    isWhole = true
  }

  private init(spanning values: [Number], isWhole: Bool) {
    low = values.dropFirst().reduce(values[0]) { Number.order($1, $0) == .less ? $1 : $0 }
    high = values.dropFirst().reduce(values[0]) { Number.order($1, $0) == .greater ? $1 : $0 }
    self.isWhole = isWhole
  }

  func negated() throws(ArithmeticFault) -> RollInterval {
    RollInterval(spanning: [try low.negated(), try high.negated()], isWhole: isWhole)
  }

  /// Every operator is monotonic in each operand while the other stands still, so the corners hold the extremes.
  static func combine(
    _ left: RollInterval, _ operation: ArithmeticOperator, _ right: RollInterval
  ) throws(ArithmeticFault) -> RollInterval {
    var corners: [Number] = []
    for divisor in operation == .floorDivide ? try right.divisors() : [right.low, right.high] {
      corners.append(try Number.combine(left.low, operation, divisor).normalized)
      corners.append(try Number.combine(left.high, operation, divisor).normalized)
    }
    return RollInterval(
      spanning: corners, isWhole: operation == .floorDivide || (left.isWhole && right.isWhole))
  }

  /// The divisors that give the extremes: the ends, and the whole numbers next to a zero that lies between them.
  /// That a die then shows the zero is found when it does.
  private func divisors() throws(ArithmeticFault) -> [Number] {
    let (isNegative, isPositive) = (low.sign < 0, high.sign > 0)
    guard low.sign <= 0, high.sign >= 0 else { return [low, high] }
    guard isWhole, isNegative || isPositive else { throw .divisionByZero }
    return (isNegative ? [low, -1] : []) + (isPositive ? [high, 1] : [])
  }
}
