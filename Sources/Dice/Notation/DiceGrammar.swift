import Expressions

/// What a dialect has of the common grammar, and how its modifiers work.
struct DiceGrammar: Sendable {
  let dialect: DiceDialect
  /// The operators between terms, weakest first; operators of one level associate to the left.
  let operators: [[DiceOperator]]
  /// Whether `( , )` makes a set, and what may be done to parentheses and sets.
  let hasSets: Bool
  /// Whether `{ , }` makes a pool rather than `{{ , }}`, since single braces hold formulas otherwise.
  let hasBarePools: Bool
  let hasPools: Bool
  let hasFormulas: Bool
  let hasFunctions: Bool
  /// `@level`
  let hasVariables: Bool
  let hasComments: Bool
  /// Whether letters count in either case.
  let ignoresCase: Bool
  /// Whether a count or the sides may be parentheses.
  let hasGroupCounts: Bool
  /// Whether spaces may come first.
  let hasLeadingSpace: Bool
  /// Whether a decimal may end with its point: `5.`
  let hasBarePoint: Bool
  let sides: String

  // How modifiers work.

  /// Whether modifiers look at what a die shows, not at what an earlier one made of it.
  let comparesFaces: Bool
  /// Whether a reroll leaves the die lying and adds another.
  let rerollAdds: Bool
  /// Whether of equal dice a keep drops the one rolled first.
  let keepDropsFirst: Bool
  /// Whether adjacent uses of one modifier become one with several selectors.
  let mergesModifiers: Bool
  /// Whether a fraction that may be zero can divide, to fail only when it is.
  let allowsUncertainDivisors: Bool
}

extension DiceGrammar {
  init(_ dialect: DiceDialect) {
    switch dialect {
    case .native: self = .native
    case .d20: self = .d20
    case .foundry: self = .foundry
    }
  }

  private static let comparisons = DiceOperator.Comparison.allCases.map { DiceOperator.compare($0) }
  private static let sums: [DiceOperator] = [.arithmetic(.add), .arithmetic(.subtract)]
  private static let products: [DiceOperator] = [
    .arithmetic(.multiply), .arithmetic(.floorDivide), .arithmetic(.divide), .arithmetic(.remainder),
  ]

  static let native = DiceGrammar(
    dialect: .native, operators: [comparisons, sums, products], hasSets: true, hasBarePools: false, hasPools: true,
    hasFormulas: true, hasFunctions: true, hasVariables: true, hasComments: true, ignoresCase: true,
    hasGroupCounts: true, hasLeadingSpace: true, hasBarePoint: false,
    sides: "a whole number, % for 100, F, C, a {formula} or '('", comparesFaces: false, rerollAdds: false,
    keepDropsFirst: false, mergesModifiers: false, allowsUncertainDivisors: false)

  static let d20 = DiceGrammar(
    dialect: .d20, operators: [comparisons, sums, products], hasSets: true, hasBarePools: false, hasPools: false,
    hasFormulas: false, hasFunctions: false, hasVariables: false, hasComments: false, ignoresCase: false,
    hasGroupCounts: false, hasLeadingSpace: false, hasBarePoint: true,
    sides: "a whole number or %", comparesFaces: false, rerollAdds: false, keepDropsFirst: false,
    mergesModifiers: true, allowsUncertainDivisors: true)

  static let foundry = DiceGrammar(
    dialect: .foundry,
    operators: [sums, [.arithmetic(.multiply), .arithmetic(.divide), .remainderTowardZero]], hasSets: false,
    hasBarePools: true, hasPools: true, hasFormulas: false, hasFunctions: true, hasVariables: true,
    hasComments: false, ignoresCase: true, hasGroupCounts: true, hasLeadingSpace: true, hasBarePoint: false,
    sides: "a whole number, f, c or '('", comparesFaces: true, rerollAdds: true, keepDropsFirst: true,
    mergesModifiers: false, allowsUncertainDivisors: true)

  /// For messages: `+ - * //`.
  var operatorList: String {
    operators.joined().map(\.symbol).joined(separator: " ")
  }
}
