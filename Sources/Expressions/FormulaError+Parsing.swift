extension FormulaError {
  static func tooLong(_ source: String, _ limits: FormulaLimits) -> FormulaError {
    // Keeps the beginning only: the error must not carry a megabyte along.
    FormulaError(
      .limit, at: 0, in: String(source.unicodeScalars.prefix(64)),
      "the formula is longer than \(limits.length) characters, the most allowed")
  }

  static func tooDeep(_ source: String, _ limits: FormulaLimits, at position: Int) -> FormulaError {
    FormulaError(
      .limit, at: position, in: source,
      "the formula is deeper than \(limits.depth) levels, the most allowed; parentheses do not count")
  }

  static func tooManyNodes(_ source: String, _ limits: FormulaLimits, at position: Int) -> FormulaError {
    FormulaError(
      .limit, at: position, in: source,
      "the formula has more than \(limits.nodes) operators, names and numbers, the most allowed")
  }

  /// A whole number that 64 bits cannot hold.
  static func tooLarge(_ number: String, _ source: String, at position: Int) -> FormulaError {
    FormulaError(.overflow, at: position, in: source, "\(number) is too large; \(ArithmeticFault.overflow)")
  }

  static func unclosedParenthesis(_ source: String, at position: Int) -> FormulaError {
    FormulaError(.syntax, at: position, in: source, "this '(' is never closed; expected ')'")
  }

  static func unknownFunction(_ name: String, _ source: String, at position: Int) -> FormulaError {
    FormulaError(
      .unknownFunction, at: position, in: source,
      "'\(shown(name))' is not a function; the functions are \(FormulaFunction.allNames)")
  }

  static func functionWithoutCall(_ name: String, _ source: String, at position: Int) -> FormulaError {
    FormulaError(.syntax, at: position, in: source, "'\(name)' is a function and needs arguments: \(name)(…)")
  }

  static func argumentCount(
    _ function: FormulaFunction, _ given: Int, _ source: String, at position: Int
  ) -> FormulaError {
    let allowed = function.arity == 1...1 ? "exactly one" : "at least two"
    return FormulaError(
      .argumentCount, at: position, in: source, "\(function.rawValue) takes \(allowed), not \(given) arguments")
  }
}
