import Expressions

/// What stands between two parts of an expression.
enum DiceOperator: Sendable, Hashable {
  case arithmetic(ArithmeticOperator)
  /// Foundry's `%`: takes the sign of the dividend.
  case remainderTowardZero
  /// 1 where it holds, otherwise 0.
  case compare(Comparison)

  enum Comparison: String, Sendable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"

    func holds(_ order: NumberOrder) -> Bool {
      switch self {
      case .equal: order == .equal
      case .notEqual: order != .equal
      case .lessOrEqual: order != .greater
      case .greaterOrEqual: order != .less
      case .less: order == .less
      case .greater: order == .greater
      }
    }

    var spoken: String {
      switch self {
      case .equal: "equals"
      case .notEqual: "differs from"
      case .lessOrEqual: "is at most"
      case .greaterOrEqual: "is at least"
      case .less: "is less than"
      case .greater: "is greater than"
      }
    }
  }

  /// As it is written.
  var symbol: String {
    switch self {
    case .arithmetic(let operation): operation.rawValue
    case .remainderTowardZero: ArithmeticOperator.remainder.rawValue
    case .compare(let comparison): comparison.rawValue
    }
  }

  var spoken: String {
    switch self {
    case .arithmetic(.add): "plus"
    case .arithmetic(.subtract): "minus"
    case .arithmetic(.multiply): "times"
    case .arithmetic(.divide): "divided by"
    case .arithmetic(.floorDivide): "divided and rounded down by"
    case .arithmetic(.remainder), .remainderTowardZero: "modulo"
    case .compare(let comparison): comparison.spoken
    }
  }

  /// The result, whole wherever it can be.
  func apply(_ left: Number, _ right: Number) throws(ArithmeticFault) -> Number {
    switch self {
    case .arithmetic(let operation): try Number.combine(left, operation, right).normalized
    case .remainderTowardZero: try Self.remainderTowardZero(left, right)
    case .compare(let comparison): comparison.holds(Number.order(left, right)) ? 1 : 0
    }
  }

  private static func remainderTowardZero(_ left: Number, _ right: Number) throws(ArithmeticFault) -> Number {
    guard !right.isZero else { throw .divisionByZero }
    if case .integer(let left) = left, case .integer(let right) = right {
      // Every number is a multiple of -1; of Int64's least the quotient is none.
      return .integer(right == -1 ? 0 : left % right)
    }
    return Number.double(left.asDouble.truncatingRemainder(dividingBy: right.asDouble)).normalized
  }
}
