import Expressions

/// One node of a parsed expression. Nodes lie in one array, operands before what uses them, the root last, so that a
/// walk in array order is a walk from left to right that needs no recursion.
struct DiceNode: Sendable {
  enum Kind: Sendable {
    case number(Number)
    /// The index of a `{formula}` that stands for a number.
    case formula(Int)
    case dice(DiceTerm)
    case binary(ArithmeticOperator, left: Int, right: Int)
    case unary(Sign, operand: Int)
    case group(Int)
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
  /// Applied from left to right, each to the dice still kept, one modifier as written being one entry. (The d20 dialect
  /// will merge adjacent modifiers of one family; they are all here for that.)
  let modifiers: [Modifier]
}

/// A whole number in a dice term: written out, or the value of a `{formula}`.
struct Quantity: Sendable {
  enum Source: Sendable {
    case literal(Int)
    case formula(Int)
  }

  let source: Source
  let position: Int
}

/// What is done with the dice of a term once they are rolled.
enum Modifier: Sendable {
  /// Keeps that many of the kept dice, drops the others.
  case keep(End, Quantity)
  /// Drops that many of the kept dice.
  case drop(End, Quantity)

  /// Which end of the values counts. Of equal dice the one rolled first counts first.
  enum End: Character, Sendable {
    case highest = "h"
    case lowest = "l"
  }

  /// As it is written, without its number.
  var word: String {
    switch self {
    case .keep(let end, _): "k\(end.rawValue)"
    case .drop(let end, _): "d\(end.rawValue)"
    }
  }

  var quantity: Quantity {
    switch self {
    case .keep(_, let quantity), .drop(_, let quantity): quantity
    }
  }
}

/// A `{formula}` in a dice expression.
struct TemplateFormula: Sendable {
  let formula: Formula
  /// Where its text begins in the expression, in UTF-8 bytes.
  let position: Int
}
