extension FormulaError {
  static func refusedKey(at path: String, _ reason: String) -> FormulaError {
    FormulaError(.refusedContext, in: path, "the key '\(shown(path))' cannot be used: \(reason)")
  }

  static func refusedValue(at path: String, _ found: String) -> FormulaError {
    FormulaError(
      .refusedContext, in: path,
      "the value of '\(shown(path))' is \(found); allowed are whole numbers, finite decimals, true and false")
  }

  static func contextTooDeep(at path: String) -> FormulaError {
    FormulaError(
      .refusedContext, in: path,
      "'\(shown(path))' lies too deep: objects may nest \(FormulaContext.depthMax) levels")
  }

  static func contextTooLarge(at path: String) -> FormulaError {
    FormulaError(
      .refusedContext, in: path,
      "'\(shown(path))' is one value too many: at most \(FormulaContext.valuesMax) are allowed")
  }

  /// Text of others in a message: its beginning, without control characters.
  static func shown(_ text: some StringProtocol) -> String {
    let head = text.unicodeScalars.prefix(64)
    let visible = String(
      String.UnicodeScalarView(head.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    return head.endIndex == text.unicodeScalars.endIndex ? visible : visible + "…"
  }
}
