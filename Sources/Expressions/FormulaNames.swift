/// Which words can name a value, in formulas and in contexts alike.
enum FormulaNames {
  /// Words of the language.
  static let keywords: Set<String> = ["and", "or", "not", "if", "else", "true", "false", "True", "False"]
  /// Words that must never look as if they did something.
  static let forbidden: Set<String> = ["eval", "exec", "import", "open", "file", "input", "compile", "raw_input"]

  /// Whether `word` has the shape of a name: a letter or `_`, then letters, digits and `_` (Unicode's XID).
  static func isWellFormed(_ word: String) -> Bool {
    guard let first = word.unicodeScalars.first, canStart(first) else { return false }
    return word.unicodeScalars.allSatisfy(canContinue)
  }

  /// Why `word` may not name a value although it has the shape of a name; nil when it may.
  static func refusal(of word: String) -> String? {
    if word.hasPrefix("__") { return "names must not begin with two underscores" }
    if forbidden.contains(word) { return "this name is not allowed" }
    return nil
  }

  private static func canStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_": true
    default: !scalar.isASCII && scalar.properties.isXIDStart
    }
  }

  private static func canContinue(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: !scalar.isASCII && scalar.properties.isXIDContinue
    }
  }
}
