/// Something of a formula that waits for what stands to its right, with what it has so far.
struct PendingOperator {
  enum Kind {
    case plus
    case minus
    case not
    case arithmetic(ArithmeticOperator, left: Int)
    /// `first < a <`: the links that are complete, and the comparison that waits.
    case comparison(first: Int, links: [FormulaNode.Link], ComparisonOperator)
    case and(left: Int)
    case or(left: Int)
    /// `whenTrue if` waits for its condition and for `else`.
    case condition(whenTrue: Int)
    /// `whenTrue if condition else`
    case alternative(whenTrue: Int, condition: Int)
    case parenthesis
    case call(FormulaFunction, arguments: [Int])

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
      case .condition, .parenthesis, .call: nil
      }
    }
  }

  enum Precedence: Int, Comparable {
    case choice, or, and, not, comparison, sum, product, sign

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
  }

  let kind: Kind
  /// Where it stands in the source, in UTF-8 bytes.
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
