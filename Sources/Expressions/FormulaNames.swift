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

  /// What a word means that cannot name a value by itself; nil for all others.
  static func reserved(_ word: String) -> Reserved? {
    guard plain.mayBeReserved(word.utf8.first ?? 0, count: word.utf8.count) else { return nil }
    return reserved[word]
  }

  private static let reserved: [String: Reserved] = {
    var words: [String: Reserved] = [
      "and": .token(.and), "or": .token(.or), "not": .token(.not), "if": .token(.if), "else": .token(.else),
      "true": .token(.boolean(true)), "True": .token(.boolean(true)),
      "false": .token(.boolean(false)), "False": .token(.boolean(false)),
    ]
    for function in FormulaFunction.allCases { words[function.rawValue] = .function(function) }
    for word in ["eval", "exec", "import", "open", "file", "input", "compile", "raw_input"] { words[word] = .forbidden }
    return words
  }()

  /// For whoever looks at many words.
  static let plain = PlainWords(apartFrom: reserved.keys)

  /// The words that can name a value beyond doubt: an ASCII letter, then ASCII letters, digits and `_`, and not of the shape
  /// of a reserved word. Nearly every key of a context is one, and contexts are made all the time; others are looked at
  /// closely.
  struct PlainWords {
    /// How many bytes reserved words have, as bits, by their first byte. Nearly no other word fits, and looking takes a
    /// fraction of what hashing the word would.
    private let reservedCounts: [UInt32]

    init(apartFrom reserved: some Sequence<String>) {
      var counts = [UInt32](repeating: 0, count: 0x100)
      for word in reserved { counts[Int(word.utf8[word.startIndex])] |= 1 << UInt32(word.utf8.count) }
      reservedCounts = counts
    }

    @inline(__always)
    func contains(_ word: String) -> Bool {
      let bytes = word.utf8.span
      guard !bytes.isEmpty, isLetter(bytes[0]), !mayBeReserved(bytes[0], count: bytes.count) else { return false }
      for index in bytes.indices {
        let byte = bytes[index]
        guard isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") else { return false }
      }
      return true
    }

    /// Whether a reserved word begins with this byte and has so many.
    func mayBeReserved(_ initial: UInt8, count: Int) -> Bool {
      reservedCounts[Int(initial)] >> UInt32(clamping: count) & 1 == 1
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

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
