import Expressions

/// Between which values a part of an expression lies, known before any die is drawn. For sums of dice and what is kept of
/// them these are the least and the greatest value; elsewhere they may be wider than what can occur.
struct RollInterval {
  let low: Number
  let high: Number
  /// Whether every value between them that can occur is whole.
  let isWhole: Bool
  /// False where nothing can be said; what is too large is then found when it comes.
  let isBounded: Bool

  init(_ value: Number) {
    self.init(value, value, isWhole: value.isWhole)
  }

  init(_ low: Number, _ high: Number, isWhole: Bool, isBounded: Bool = true) {
    self.low = low
    self.high = high
    self.isWhole = isWhole
    self.isBounded = isBounded
  }

  static let unbounded = RollInterval(.integer(.min), .integer(.max), isWhole: false, isBounded: false)

  private init(spanning values: [Number], isWhole: Bool) {
    self.init(
      values.dropFirst().reduce(values[0]) { Number.order($1, $0) == .less ? $1 : $0 },
      values.dropFirst().reduce(values[0]) { Number.order($1, $0) == .greater ? $1 : $0 }, isWhole: isWhole)
  }

  func negated() throws(ArithmeticFault) -> RollInterval {
    guard isBounded else { return self }
    return RollInterval(spanning: [try low.negated(), try high.negated()], isWhole: isWhole)
  }

  /// The same, and zero where it may be dropped.
  func afterKeeping(_ isWhole: Bool) -> RollInterval {
    guard !isWhole, isBounded else { return self }
    return RollInterval(spanning: [low, high, 0], isWhole: self.isWhole)
  }

  /// When so many members count 1, −1 or their value less than nothing.
  func counting(_ members: Int, intervals: [RollInterval]) throws(ArithmeticFault) -> RollInterval {
    guard intervals.allSatisfy(\.isBounded) else { return .unbounded }
    var (low, high): (Number, Number) = (.integer(Int64(-members)), .integer(Int64(members)))
    for interval in intervals {
      let least = RollInterval(spanning: [interval.low, interval.high, 0], isWhole: false)
      low = try Number.combine(low, .subtract, least.high)
      high = try Number.combine(high, .subtract, least.low)
    }
    return RollInterval(low, high, isWhole: intervals.allSatisfy(\.isWhole))
  }

  static func combine(
    _ left: RollInterval, _ operation: DiceOperator, _ right: RollInterval, allowsUncertainDivisors: Bool
  ) throws(ArithmeticFault) -> RollInterval {
    switch operation {
    case .compare: return RollInterval(spanning: [0, 1], isWhole: true)
    case .arithmetic(.remainder): return try remainder(right.low, right.high, of: left, right)
    case .remainderTowardZero: return try remainder(left.low, left.high, of: left, right)
    case .arithmetic(let operation):
      return try combine(left, operation, right, allowsUncertainDivisors: allowsUncertainDivisors)
    }
  }

  /// These operators are monotonic in each operand while the other stands still, so the corners hold the extremes.
  private static func combine(
    _ left: RollInterval, _ operation: ArithmeticOperator, _ right: RollInterval, allowsUncertainDivisors: Bool
  ) throws(ArithmeticFault) -> RollInterval {
    guard left.isBounded, right.isBounded else { return .unbounded }
    let divides = operation == .floorDivide || operation == .divide
    var corners: [Number] = []
    let divisors: [Number]
    do {
      divisors = divides ? try right.divisors() : [right.low, right.high]
    } catch {
      guard allowsUncertainDivisors, !(right.low.isZero && right.high.isZero) else { throw error }
      return .unbounded
    }
    for divisor in divisors {
      corners.append(try Number.combine(left.low, operation, divisor).normalized)
      corners.append(try Number.combine(left.high, operation, divisor).normalized)
    }
    let isWhole = operation == .floorDivide || (left.isWhole && right.isWhole && operation != .divide)
    return RollInterval(spanning: corners, isWhole: isWhole)
  }

  /// A remainder is nearer to zero than the divisor, and has the sign of the divisor or of the dividend.
  private static func remainder(
    _ signLow: Number, _ signHigh: Number, of left: RollInterval, _ right: RollInterval
  ) throws(ArithmeticFault) -> RollInterval {
    guard left.isBounded, right.isBounded else { return .unbounded }
    guard !(right.low.isZero && right.high.isZero) else { throw .divisionByZero }
    let size = RollInterval(spanning: [try right.low.absolute(), try right.high.absolute()], isWhole: true).high
    return RollInterval(
      signLow.sign < 0 ? try size.negated() : 0, signHigh.sign > 0 ? size : 0,
      isWhole: left.isWhole && right.isWhole)
  }

  /// The divisors that give the extremes: the ends, and the whole numbers next to a zero that lies between them.
  /// That a die then shows the zero is found when it does.
  private func divisors() throws(ArithmeticFault) -> [Number] {
    let (isNegative, isPositive) = (low.sign < 0, high.sign > 0)
    guard low.sign <= 0, high.sign >= 0 else { return [low, high] }
    guard isWhole, isNegative || isPositive else { throw .divisionByZero }
    return (isNegative ? [low, -1] : []) + (isPositive ? [high, 1] : [])
  }

  static func calling(
    _ function: DiceFunction, _ arguments: [RollInterval], _ dialect: DiceDialect
  ) throws(ArithmeticFault) -> RollInterval {
    guard let first = arguments.first, arguments.allSatisfy(\.isBounded) else { return .unbounded }
    switch function {
    case .min, .max:
      return RollInterval(
        try function.apply(to: arguments.map(\.low), dialect), try function.apply(to: arguments.map(\.high), dialect),
        isWhole: arguments.allSatisfy(\.isWhole))
    case .abs:
      let ends = [try first.low.absolute(), try first.high.absolute()]
      let spansZero = first.low.sign <= 0 && first.high.sign >= 0
      return RollInterval(spanning: spansZero ? ends + [0] : ends, isWhole: first.isWhole)
    case .sqrt:
      guard first.high.sign >= 0 else { throw .negativeRoot }
      let low: Number = first.low.sign < 0 ? 0 : try first.low.squareRoot()
      return RollInterval(low, try first.high.squareRoot(), isWhole: false)
    case .ceil, .floor, .int, .round, .sign:
      return RollInterval(
        try function.apply(to: [first.low], dialect), try function.apply(to: [first.high], dialect), isWhole: true)
    }
  }
}

extension Number {
  fileprivate var isWhole: Bool { if case .integer = self { true } else { false } }
}
