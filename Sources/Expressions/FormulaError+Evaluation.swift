extension FormulaError {
  /// An operation without a result, shown with its operands.
  init(_ fault: ArithmeticFault, _ operation: String, _ source: String, at position: Int) {
    self.init(Kind(fault), at: position, in: source, "\(operation) has no result: \(fault)")
  }

  static func tooCostly(_ costMax: Int, _ source: String, at position: Int) -> FormulaError {
    FormulaError(
      .limit, at: position, in: source, "the formula evaluates more than \(costMax) nodes, the most allowed")
  }

  static func resultOutOfBounds(_ value: FormulaValue, _ bound: Int64, _ source: String) -> FormulaError {
    FormulaError(.limit, at: 0, in: source, "the result \(value) lies outside -\(bound)…\(bound)")
  }

  static func unknownName(
    _ name: String, _ context: FormulaContext, _ source: String, at position: Int
  ) -> FormulaError {
    let reason =
      if let example = context.example(under: name) {
        "'\(shown(name))' holds several values; name one of them, such as \(shown(example))"
      } else {
        "'\(shown(name))' is not known; \(context.summary)"
      }
    return FormulaError(.unknownName, at: position, in: source, reason)
  }
}

extension FormulaContext {
  /// The known names, at most twelve of them.
  fileprivate var summary: String {
    let first = firstNames(12).map(FormulaError.shown)
    guard !first.isEmpty else { return "no names are known here" }
    return "known are " + first.joined(separator: ", ") + (count > 12 ? " and \(count - 12) more" : "")
  }
}
