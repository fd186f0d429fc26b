/// Something of a formula that waits for what stands to its right, with what it has so far.
struct PendingOperator {
  typealias Operand = FormulaAssembler.Operand

  enum Kind {
    case plus
    case minus
    case not
    case arithmetic(ArithmeticOperator, left: Operand)
    /// `first < a <`: the comparison that waits, the place of the one before it, and the levels of the deepest operand.
    case comparison(ComparisonOperator, first: Operand, chain: Int?, deepest: Int)
    /// With the place of their step.
    case and(left: Operand, place: Int)
    case or(left: Operand, place: Int)
    /// `whenTrue if` waits for its condition and for `else`.
    case condition(whenTrue: Operand)
    /// `whenTrue if condition else`: where the steps begin, the place of the skip over what comes, the levels so far.
    case alternative(start: Int, skip: Int, deepest: Int)
    /// So many parentheses in a row, with nothing but space between them.
    case parentheses(Int)
    /// A call and its arguments that are complete.
    case call(FormulaFunction, first: Operand?, count: Int, deepest: Int)

    /// How tightly it binds; nil for what only a word or a parenthesis completes.
    var precedence: Precedence? {
      switch self {
      case .plus, .minus: .sign
      case .not: .not
      case .arithmetic(let operation, _): operation.precedence
      case .comparison: .comparison
      case .and: .and
      case .or: .or
      case .alternative: .choice
      case .condition, .parentheses, .call: nil
      }
    }
  }

  enum Precedence: Int, Comparable {
    case choice, or, and, not, comparison, sum, product, sign

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
  }

  var kind: Kind
  /// Where it stands in the source, in UTF-8 bytes; of parentheses, the first.
  let position: Int
}

extension ArithmeticOperator {
  var precedence: PendingOperator.Precedence {
    switch self {
    case .add, .subtract: .sum
    case .multiply, .divide, .floorDivide, .remainder: .product
    }
  }
}
