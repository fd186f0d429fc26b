public import Expressions

/// Dice notation, parsed: `4d6kh3 + 2`, `8d6[fire]`, `{level}d6 + {max(1, str_mod)}`.
///
/// Parse once, bind to the values its formulas read, roll as often as needed:
///
///     let expression = try DiceExpression(parsing: "{level}d6 + 3")
///     let roll = try expression.bind(to: FormulaContext(["level": 5]))
///     var draws = ChaChaStream(key: key, stream: 0, roll: 17)
///     let result = try roll.roll(using: &draws)
///
/// The notation is that of its ``DiceDialect``; `docs/guides/dice.md` describes the native one.
public struct DiceExpression: Sendable {
  /// The text it was parsed from.
  public let source: String
  /// The notation it was read in.
  public let dialect: DiceDialect
  /// The expression as this program writes it; parses to the equal expression. Without the comment, and possibly longer
  /// than the source, since it spells out what may be left out.
  public let canonicalText: String
  /// What stood behind `#`, nil when there was nothing.
  public let comment: String?
  /// The names its formulas read, each once, in the order of their first appearance.
  public let variables: [String]

  let nodes: [DiceNode]
  let formulas: [TemplateFormula]
  let limits: DiceLimits
  /// The bound form of an expression without formulas.
  private var prepared: PreparedRoll?

  /// - Parameter limits: hold for parsing, binding and rolling.
  /// - Throws: ``DiceError`` with the place. An expression without formulas is checked whole: what parses can be rolled.
  public init(
    parsing source: String, dialect: DiceDialect = .native, limits: DiceLimits = .standard
  ) throws(DiceError) {
    var parser = try DiceParser(source, dialect, limits: limits)
    try parser.parse()
    self.source = source
    self.dialect = dialect
    self.limits = limits
    nodes = parser.nodes
    formulas = parser.formulas
    comment = parser.comment
    canonicalText = CanonicalText(parser.nodes, parser.formulas, dialect).text
    variables = Self.names(in: parser.formulas)
    if formulas.isEmpty { prepared = try bind(to: .empty) }
  }

  /// The least and the greatest total; nil when formulas decide them, see ``PreparedRoll/bounds``.
  public var bounds: ClosedRange<Int64>? { prepared?.bounds }

  /// The most dice a roll draws; nil when formulas decide it, see ``PreparedRoll/diceMax``.
  public var diceMax: Int? { prepared?.diceMax }

  /// Resolves the formulas, cutting fractions off toward zero, and checks counts, sides and bounds. Draws nothing.
  ///
  /// - Throws: ``DiceError`` for a formula without a value and for numbers out of range, at the formula's place.
  public func bind(to context: FormulaContext = .empty) throws(DiceError) -> PreparedRoll {
    if let prepared { return prepared }
    var planner = RollPlanner(self)
    return try planner.plan(in: context)
  }

  private static func names(in formulas: [TemplateFormula]) -> [String] {
    var known: Set<String> = []
    return formulas.flatMap(\.formula.names).filter { known.insert($0).inserted }
  }
}

extension DiceExpression: Hashable {
  /// Expressions are equal when they are written canonically the same: spaces, comments and what may be left out do
  /// not count.
  public static func == (left: DiceExpression, right: DiceExpression) -> Bool {
    left.dialect == right.dialect && left.canonicalText == right.canonicalText
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(dialect)
    hasher.combine(canonicalText)
  }
}

extension DiceExpression: CustomStringConvertible {
  public var description: String { canonicalText }
}
