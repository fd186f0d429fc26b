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

  let steps: [FormulaStep]
  /// Values that its steps keep at once, at most.
  let stackMax: Int

  /// - Throws: ``FormulaError`` with the place, for text outside the grammar or beyond the limits of length, depth and
  ///   nodes.
  public init(parsing source: String, limits: FormulaLimits = .standard) throws(FormulaError) {
    var parser = try FormulaParser(source, limits: limits)
    try parser.parse()
    self.source = source
    names = parser.assembler.names
    steps = parser.assembler.steps
    stackMax = parser.assembler.stackMax
  }

  /// The value with these names.
  ///
  /// - Throws: ``FormulaError`` for a name that `context` does not hold, arithmetic without a result, or a cost or
  ///   result beyond the limits. Only what is evaluated can fail: a branch not taken is never looked at.
  public func value(
    in context: FormulaContext = .empty, limits: FormulaLimits = .standard
  ) throws(FormulaError) -> FormulaValue {
    let value = try FormulaEvaluation(of: self, in: context, costMax: limits.cost).value()
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
  /// Whether the number lies in −bound…bound.
  fileprivate func lies(within bound: Int64) -> Bool {
    Number.order(self, .integer(bound)) != .greater && Number.order(self, .integer(-bound)) != .less
  }
}
