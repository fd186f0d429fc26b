/// A formula, parsed once and evaluated as often as needed: `min(20, floor(level*1.5) + 3)`.
///
/// The grammar is closed: numbers, booleans, names such as `hp.max`, arithmetic, comparisons, `and or not`,
/// `a if c else b` and the functions of ``FormulaFunction``. There is no text, no indexing, no power, no assignment and
/// nothing else to call. Arithmetic means what it means in Python, with whole numbers held to `Int64` and every result
/// finite.
///
///     let formula = try Formula(parsing: "min(20, floor(level*1.5) + 3)")
///     let context = try FormulaContext(["level": 7])
///     try formula.value(in: context)  // .integer(13)
public struct Formula: Sendable {
  /// The text it was parsed from.
  public let source: String
  /// The names it reads, each once, in the order of their first appearance.
  public let names: [String]

  let nodes: [FormulaNode]
  let links: [FormulaNode.Link]
  let arguments: [Int]

  /// - Throws: ``FormulaError`` with the place, for text outside the grammar or beyond the limits of length, depth and
  ///   nodes.
  public init(parsing source: String, limits: FormulaLimits = .standard) throws(FormulaError) {
    var parser = try FormulaParser(source, limits: limits)
    try parser.parse()
    self.source = source
    names = parser.tree.names
    nodes = parser.tree.nodes
    links = parser.tree.links
    arguments = parser.tree.arguments
  }

  /// The value with these names.
  ///
  /// - Throws: ``FormulaError`` for a name that `context` does not hold, arithmetic without a result, or a cost or
  ///   result beyond the limits. Only what is evaluated can fail: a branch not taken is never looked at.
  public func value(
    in context: FormulaContext = .empty, limits: FormulaLimits = .standard
  ) throws(FormulaError) -> FormulaValue {
    var evaluation = FormulaEvaluation(of: self, in: context, costMax: limits.cost)
    let value = try evaluation.value(at: nodes.count - 1)
    guard let bound = limits.result, !value.number.lies(within: bound) else { return value }
    throw .resultOutOfBounds(value, bound, source)
  }
}

extension Formula: Hashable {
  /// Formulas are equal when their text is.
  public static func == (left: Formula, right: Formula) -> Bool {
    left.source == right.source
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(source)
  }
}

extension Number {
  /// Whether the number lies in −bound…bound; a negative bound counts as 0.
  fileprivate func lies(within bound: Int64) -> Bool {
    let bound = max(0, bound)
    return Number.order(self, .integer(bound)) != .greater && Number.order(self, .integer(-bound)) != .less
  }
}
