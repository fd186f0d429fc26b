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
      case binary(DiceOperator, left: Int, right: Int)
      case unary(DiceNode.Sign, operand: Int)
      case group(Int, Range<Int>)
      case set([Int], Range<Int>)
      case pool([Int], Range<Int>)
      case call(DiceFunction, [Int])
    }

    /// The ranges are the places of its modifiers in ``RollPlan/modifiers``.
    let kind: Kind
    let annotations: [String]
    let position: Int
  }

  /// Dice of one kind.
  struct Term: Sendable {
    let count: Amount
    let sides: Amount
    let face: DieFace
    /// The places of its modifiers in ``RollPlan/modifiers``.
    let modifiers: Range<Int>
    /// `4d6kh3`
    let notation: String
    /// The formulas that gave the count, the sides and the numbers of modifiers, in this order.
    let formulas: [ResolvedFormula]
    /// Which node it is.
    let node: Int

    /// Whether its count or its sides are rolled first.
    var isCounted: Bool {
      switch (count, sides) {
      case (.known, .known): false
      case (.node, _), (_, .node): true
      }
    }
  }

  /// A number that is known when the plan is made, or rolled first.
  enum Amount: Sendable, Hashable {
    case known(Int)
    case node(Int)
  }

  struct Modifier: Sendable {
    let action: Dice.Modifier.Action
    let selectors: [Selector]
    /// How many dice it may draw.
    let cap: Int?
    /// `kh3`
    let notation: String
    let position: Int
  }

  struct Selector: Sendable {
    let test: Dice.Selector.Test
    /// Nil stands for the sides of the dice, where they are rolled first.
    let amount: Int?
  }

  /// The text it was parsed from, for errors.
  let source: String
  /// The canonical text.
  let expression: String
  let dialect: DiceDialect
  let grammar: DiceGrammar
  let nodes: [Node]
  let terms: [Term]
  /// Of all terms, sets and pools; what a die was dropped by is a place in it.
  let modifiers: [Modifier]
  let formulas: [ResolvedFormula]
  /// The most dice a roll draws.
  let diceMax: Int
  /// The dice that lie there before any modifier draws more; nil where a count is rolled first.
  let diceCount: Int?
  /// Where the dice of each term lie among the dice of a roll, where that is the same in each.
  let fixedRanges: [Range<Int>]?
  /// Whether anything can be dropped but dice.
  let hasMembers: Bool
  let limits: DiceLimits

  init(
    _ expression: DiceExpression, nodes: [Node], terms: [Term], modifiers: [Modifier], formulas: [ResolvedFormula],
    diceMax: Int
  ) {
    source = expression.source
    self.expression = expression.canonicalText
    dialect = expression.dialect
    grammar = DiceGrammar(expression.dialect)
    limits = expression.limits
    self.nodes = nodes
    self.terms = terms
    self.modifiers = modifiers
    self.formulas = formulas
    self.diceMax = diceMax
    let counts = terms.map { if case .known(let count) = $0.count { count } else { nil as Int? } }
    diceCount = counts.contains(nil) ? nil : counts.reduce(0) { $0 + ($1 ?? 0) }
    let isFixed = diceCount != nil && !modifiers.contains(where: \.drawsDice)
    var start = 0
    fixedRanges =
      isFixed
      ? counts.map { count in
        defer { start += count ?? 0 }
        return start..<start + (count ?? 0)
      } : nil
    hasMembers = nodes.contains { node in
      switch node.kind {
      case .group(_, let modifiers), .set(_, let modifiers), .pool(_, let modifiers): !modifiers.isEmpty
      case .number, .formula, .dice, .binary, .unary, .call: false
      }
    }
  }
}

extension RollPlan.Modifier {
  /// Whether it can draw further dice.
  var drawsDice: Bool {
    switch action {
    case .reroll, .explode: true
    case .keep, .drop, .raise, .lower, .count, .deduct, .subtract, .margin: false
    }
  }

  /// The number that `raise`, `lower` and `margin` go by.
  var amount: Int { selectors.first?.amount ?? 0 }
}

extension RollPlan.Selector {
  /// Whether a value by itself passes the test.
  func matches(_ value: Int, sides: Int) -> Bool {
    let amount = amount ?? sides
    return switch test {
    case .equal: value == amount
    case .less: value < amount
    case .lessOrEqual: value <= amount
    case .greater: value > amount
    case .greaterOrEqual: value >= amount
    case .even: value.isMultiple(of: 2)
    case .odd: !value.isMultiple(of: 2)
    case .unsuccessful: value == 0
    case .highest, .lowest, .amount: false
    }
  }
}
