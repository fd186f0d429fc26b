import Expressions

/// One node of a parsed expression. Nodes lie in one array, operands before what uses them, the root last, so that a
/// walk in array order is a walk from left to right that needs no recursion.
struct DiceNode: Sendable {
  enum Kind: Sendable {
    case number(Number)
    /// The index of a formula that stands for a number.
    case formula(Int)
    case dice(DiceTerm)
    case binary(DiceOperator, left: Int, right: Int)
    case unary(Sign, operand: Int)
    /// Parentheses around one part. Modifiers reach through them to the dice, or the members, inside.
    case group(Int, [Modifier])
    /// `(a, b)`: the sum of its members.
    case set([Int], [Modifier])
    /// `{a, b}`: its members' totals are treated as dice.
    case pool([Int], [Modifier])
    case call(DiceFunction, [Int])
  }

  enum Sign: String, Sendable {
    case plus = "+"
    case minus = "-"
  }

  let kind: Kind
  /// The tags behind it, `[fire]`, in order.
  let annotations: [String]
  /// Where in the source to point when this node fails, in UTF-8 bytes.
  let position: Int
}

/// `4d6kh3`: dice of one kind and what is done with them.
struct DiceTerm: Sendable {
  let count: Quantity
  let sides: Quantity
  let face: DieFace
  /// Applied from left to right, each to the dice still kept.
  let modifiers: [Modifier]
}

/// What the sides of a die show.
enum DieFace: Sendable, Hashable {
  /// 1 to the number of sides.
  case numbered
  /// 0, 10, … 90: ten sides.
  case tens
  /// −1, 0, 1: three sides.
  case fate
  /// 0, 1: two sides.
  case coin

  /// What the side with this number, from 1, shows.
  func shown(_ side: UInt32) -> Int32 {
    let number = Int32(clamping: side)
    return switch self {
    case .numbered: number
    case .tens: (number - 1) * 10
    case .fate: number - 2
    case .coin: number - 1
    }
  }

  /// How far one face lies from the next.
  var step: Int { self == .tens ? 10 : 1 }

  /// The least and the greatest face.
  func range(sides: Int) -> ClosedRange<Int> {
    switch self {
    case .numbered: 1...max(1, sides)
    case .tens: 0...90
    case .fate: -1...1
    case .coin: 0...1
    }
  }
}

/// A whole number in a dice term.
struct Quantity: Sendable {
  enum Source: Sendable {
    case literal(Int)
    /// The value of a `{formula}`.
    case formula(Int)
    /// The value of a part in parentheses, rolled before the term.
    case node(Int)
    /// The number of sides of the term's dice: what explodes when nothing else is said.
    case sides
  }

  let source: Source
  let position: Int
}

/// A formula in a dice expression.
struct TemplateFormula: Sendable {
  let formula: Formula
  /// Where its text begins in the expression, in UTF-8 bytes.
  let position: Int
  /// Whether it was written `@name` rather than `{…}`.
  var isVariable = false

  /// As it is written.
  var text: String { isVariable ? "@\(formula.source)" : "{\(formula.source)}" }
}
