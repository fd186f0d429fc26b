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

  static func contextPathTooLong(at path: String) -> FormulaError {
    FormulaError(
      .refusedContext, in: String(path.unicodeScalars.prefix(64)),
      "'\(shown(path))' is longer than \(FormulaContext.pathBytesMax) bytes, the most allowed")
  }

  static func contextTooLarge(at path: String) -> FormulaError {
    FormulaError(
      .refusedContext, in: path,
      "'\(shown(path))' is one value too many: at most \(FormulaContext.valuesMax) are allowed")
  }

  /// Text of others in a message: its beginning, without what a terminal would obey or what turns text around.
  static func shown(_ text: some StringProtocol) -> String {
    let head = text.unicodeScalars.prefix(64)
    let visible = String(String.UnicodeScalarView(head.map { isVisible($0) ? $0 : "\u{FFFD}" }))
    return head.endIndex == text.unicodeScalars.endIndex ? visible : visible + "…"
  }

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}
