import Expressions

/// A dice expression with its formulas resolved, compiled for rolling. Immutable and shared by all its results, so that
/// a roll allocates only what differs from roll to roll.
final class RollPlan: Sendable {
  struct Node: Sendable {
    enum Kind: Sendable {
      case number(Number)
      /// The index of a resolved formula.
      case formula(Int)
      /// The index of a term.
      case dice(Int)
      case binary(ArithmeticOperator, left: Int, right: Int)
      case unary(DiceNode.Sign, operand: Int)
      case group(Int)
    }

    let kind: Kind
    let annotations: [String]
    let position: Int
  }

  /// Dice of one kind, with every number known.
  struct Term: Sendable {
    let sides: UInt32
    /// Where its dice lie among the dice of a roll, in the order they are drawn.
    let dice: Range<Int>
    let modifiers: [Modifier]
    /// `4d6kh3`
    let notation: String
    /// The formulas that gave the count, the sides and the numbers of modifiers, in this order.
    let formulas: [ResolvedFormula]
  }

  /// Keeps or drops `count` of the kept dice.
  struct Modifier: Sendable {
    let isKeep: Bool
    let end: Dice.Modifier.End
    let count: Int

    var notation: String { "\(isKeep ? "k" : "d")\(end.rawValue)\(count)" }

    /// How many of `kept` dice it leaves.
    func remaining(of kept: Int) -> Int {
      isKeep ? min(count, kept) : max(0, kept - count)
    }
  }

  /// The text it was parsed from, for errors.
  let source: String
  /// The canonical text.
  let expression: String
  let nodes: [Node]
  let terms: [Term]
  let formulas: [ResolvedFormula]
  let diceCount: Int

  init(source: String, expression: String, nodes: [Node], terms: [Term], formulas: [ResolvedFormula]) {
    self.source = source
    self.expression = expression
    self.nodes = nodes
    self.terms = terms
    self.formulas = formulas
    diceCount = terms.last?.dice.upperBound ?? 0
  }
}
