/// The smallest parts of a formula.
enum FormulaToken {
  /// A whole number without its sign; at most 2^63, which only a sign makes one of 64 bits.
  case integer(UInt64)
  case double(Double)
  case boolean(Bool)
  /// A name such as `level` or `hp.max`.
  case name
  case function(FormulaFunction)
  case arithmetic(ArithmeticOperator)
  case comparison(ComparisonOperator)
  case and, or, not
  case `if`, `else`
  case leftParenthesis, rightParenthesis, comma
  case end
}

/// The comparison operators, spelled as they are written.
enum ComparisonOperator: String {
  case equal = "=="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  func holds(_ order: NumberOrder) -> Bool {
    switch self {
    case .equal: order == .equal
    case .unequal: order != .equal
    case .less: order == .less
    case .lessOrEqual: order != .greater
    case .greater: order == .greater
    case .greaterOrEqual: order != .less
    }
  }
}
