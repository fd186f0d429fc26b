/// Which words can name a value, in formulas and in contexts alike.
enum FormulaNames {
  /// What a word means that cannot name a value by itself.
  enum Reserved {
    /// A word of the language.
    case token(FormulaToken)
    case function(FormulaFunction)
    /// A word that must never look as if it did something.
    case forbidden
  }

  static let reserved: [String: Reserved] = {
    var words: [String: Reserved] = [
      "and": .token(.and), "or": .token(.or), "not": .token(.not), "if": .token(.if), "else": .token(.else),
      "true": .token(.boolean(true)), "True": .token(.boolean(true)),
      "false": .token(.boolean(false)), "False": .token(.boolean(false)),
    ]
    for function in FormulaFunction.allCases { words[function.rawValue] = .function(function) }
    for word in ["eval", "exec", "import", "open", "file", "input", "compile", "raw_input"] { words[word] = .forbidden }
    return words
  }()

  /// Whether `word` has the shape of a name: a letter or `_`, then letters, digits and `_` (Unicode's XID).
  static func isWellFormed(_ word: String) -> Bool {
    guard let first = word.unicodeScalars.first, canStart(first) else { return false }
    return word.unicodeScalars.allSatisfy(canContinue)
  }

  /// Whether `word` begins with two underscores. Looks at code points: to Swift's `hasPrefix` the second of them is
  /// another character when an accent follows it.
  static func looksInternal(_ word: String) -> Bool {
    word.utf8.starts(with: "__".utf8)
  }

  /// Why `word` may not be a part of a name although it has the shape of one; nil when it may.
  static func refusal(of word: String, _ reserved: Reserved?) -> String? {
    if looksInternal(word) { return "names must not begin with two underscores" }
    if case .forbidden = reserved { return "this name is not allowed" }
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
