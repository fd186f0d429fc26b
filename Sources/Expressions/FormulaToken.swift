/// The smallest parts of a formula.
enum FormulaToken {
  case number(Number)
  case boolean(Bool)
  /// A name such as `level` or `hp.max`, or the name of a function.
  case name(String)
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
