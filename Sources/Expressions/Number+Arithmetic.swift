extension Number {
  /// The result of `left operator right`: an integer when both are integers (except `/`), otherwise a double.
  public static func combine(
    _ left: Number, _ operation: ArithmeticOperator, _ right: Number
  ) throws(ArithmeticFault) -> Number {
    if case .integer(let left) = left, case .integer(let right) = right {
      return try combine(left, operation, right)
    }
    return try combine(left.asDouble, operation, right.asDouble)
  }

  public func negated() throws(ArithmeticFault) -> Number {
    switch self {
    case .integer(let value): .integer(try Number.checked(Int64(0).subtractingReportingOverflow(value)))
    case .double(let value): .double(-value)
    }
  }

  private static func combine(
    _ left: Int64, _ operation: ArithmeticOperator, _ right: Int64
  ) throws(ArithmeticFault) -> Number {
    switch operation {
    case .add: return .integer(try checked(left.addingReportingOverflow(right)))
    case .subtract: return .integer(try checked(left.subtractingReportingOverflow(right)))
    case .multiply: return .integer(try checked(left.multipliedReportingOverflow(by: right)))
    case .divide: return .double(try trueQuotient(left, right))
    case .floorDivide: return .integer(try floorQuotient(left, right))
    case .remainder: return .integer(try floorRemainder(left, right))
    }
  }

  private static func combine(
    _ left: Double, _ operation: ArithmeticOperator, _ right: Double
  ) throws(ArithmeticFault) -> Number {
    switch operation {
    case .add: return try finite(left + right)
    case .subtract: return try finite(left - right)
    case .multiply: return try finite(left * right)
    case .divide:
      guard right != 0 else { throw .divisionByZero }
      return try finite(left / right)
    case .floorDivide: return try finite(try floorQuotient(left, right))
    case .remainder: return try finite(try floorRemainder(left, right))
    }
  }

  private static func checked(_ result: (partialValue: Int64, overflow: Bool)) throws(ArithmeticFault) -> Int64 {
    guard !result.overflow else { throw .overflow }
    return result.partialValue
  }
}
