/// Cuts a formula into tokens, one at a time. Knows the shapes of numbers, names and operators, and no grammar.
struct FormulaLexer {
  private let source: String
  private let bytes: [UInt8]
  private var index = 0
  /// Where the token last returned begins, in bytes.
  private(set) var tokenStart = 0

  init(_ source: String) {
    self.source = source
    bytes = Array(source.utf8)
  }

  mutating func next() throws(FormulaError) -> FormulaToken {
    skipSpaces()
    tokenStart = index
    guard index < bytes.count else { return .end }
    switch bytes[index] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): return try number()
    case let byte where isWordByte(byte): return try word()
    default: return try symbol()
    }
  }

  /// The text of the token last returned, for messages.
  var tokenText: String {
    tokenStart < bytes.count ? "'\(FormulaError.shown(text(tokenStart..<index)))'" : "the end"
  }

  private mutating func skipSpaces() {
    while let byte = byte(at: index), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
  }

  // MARK: Numbers

  private mutating func number() throws(FormulaError) -> FormulaToken {
    skipDigits()
    let wholeDigits = tokenStart..<index
    let isDouble = skipFraction()
    guard wholeDigits.count > 0 || index - tokenStart > 1 else {
      throw error(.syntax, at: tokenStart, "'.' must stand in a number such as 1.5 or in a name such as hp.max")
    }
    if index < bytes.count, isWordByte(bytes[index]) || bytes[index] == UInt8(ascii: ".") {
      throw error(.syntax, at: index, "a number ends where letters or another point begin; write 2 * x, 1.5 or 1e3")
    }
    return isDouble ? try double() : try integer(wholeDigits)
  }

  /// Skips `.5` and `e-3`; true when there was one of them.
  private mutating func skipFraction() -> Bool {
    let start = index
    if byte(at: index) == UInt8(ascii: ".") {
      index += 1
      skipDigits()
    }
    if let mark = byte(at: index), mark | 0x20 == UInt8(ascii: "e") {
      let isSigned = byte(at: index + 1) == UInt8(ascii: "-") || byte(at: index + 1) == UInt8(ascii: "+")
      let digits = index + (isSigned ? 2 : 1)
      if let digit = byte(at: digits), isDigit(digit) {
        index = digits
        skipDigits()
      }
    }
    return index > start
  }

  private func integer(_ digits: Range<Int>) throws(FormulaError) -> FormulaToken {
    guard digits.count == 1 || bytes[digits.lowerBound] != UInt8(ascii: "0") else {
      throw error(.syntax, at: tokenStart, "a whole number must not begin with 0")
    }
    guard let value = Int64(text(digits)) else {
      throw error(.overflow, at: tokenStart, "\(tokenText) is too large; \(ArithmeticFault.overflow)")
    }
    return .number(.integer(value))
  }

  private func double() throws(FormulaError) -> FormulaToken {
    // Swift's parser wants a digit after the point, Python's does not: `5.` is 5.0 to both once a zero is added.
    let spelled = text(tokenStart..<index)
    guard let value = Double(spelled.hasSuffix(".") ? spelled + "0" : spelled), value.isFinite else {
      throw error(.notFinite, at: tokenStart, "\(tokenText) is too large; \(ArithmeticFault.notFinite)")
    }
    return .number(.double(value))
  }

  private mutating func skipDigits() {
    while index < bytes.count, isDigit(bytes[index]) { index += 1 }
  }

  // MARK: Words

  private mutating func word() throws(FormulaError) -> FormulaToken {
    var spelled = try part()
    while byte(at: index) == UInt8(ascii: "."), let next = byte(at: index + 1), isWordByte(next), !isDigit(next) {
      index += 1
      spelled += "." + (try part())
    }
    switch spelled {
    case "true", "True": return .boolean(true)
    case "false", "False": return .boolean(false)
    case "and": return .and
    case "or": return .or
    case "not": return .not
    case "if": return .if
    case "else": return .else
    default: return .name(spelled)
    }
  }

  /// One part of a dotted name.
  private mutating func part() throws(FormulaError) -> String {
    let start = index
    while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
    let spelled = text(start..<index)
    guard FormulaNames.isWellFormed(spelled) else {
      throw error(
        .syntax, at: start, "'\(FormulaError.shown(spelled))' is not understood; names are letters, digits and _")
    }
    if let reason = FormulaNames.refusal(of: spelled) {
      throw error(.syntax, at: start, "'\(FormulaError.shown(spelled))' cannot be used: \(reason)")
    }
    return spelled
  }

  // MARK: Symbols

  private mutating func symbol() throws(FormulaError) -> FormulaToken {
    let first = bytes[index]
    let second = byte(at: index + 1)
    index += 1
    switch (first, second) {
    case (UInt8(ascii: "/"), UInt8(ascii: "/")): return two(.arithmetic(.floorDivide))
    case (UInt8(ascii: "="), UInt8(ascii: "=")): return two(.comparison(.equal))
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): return two(.comparison(.unequal))
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): return two(.comparison(.lessOrEqual))
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): return two(.comparison(.greaterOrEqual))
    case (UInt8(ascii: "*"), UInt8(ascii: "*")), (UInt8(ascii: "<"), UInt8(ascii: "<")),
      (UInt8(ascii: ">"), UInt8(ascii: ">")):
      index += 1
      throw unknownSymbol()
    case (UInt8(ascii: "+"), _): return .arithmetic(.add)
    case (UInt8(ascii: "-"), _): return .arithmetic(.subtract)
    case (UInt8(ascii: "*"), _): return .arithmetic(.multiply)
    case (UInt8(ascii: "/"), _): return .arithmetic(.divide)
    case (UInt8(ascii: "%"), _): return .arithmetic(.remainder)
    case (UInt8(ascii: "<"), _): return .comparison(.less)
    case (UInt8(ascii: ">"), _): return .comparison(.greater)
    case (UInt8(ascii: "("), _): return .leftParenthesis
    case (UInt8(ascii: ")"), _): return .rightParenthesis
    case (UInt8(ascii: ","), _): return .comma
    case (UInt8(ascii: "="), _): throw error(.syntax, at: tokenStart, "'=' is not an operator; write == to compare")
    default: throw unknownSymbol()
    }
  }

  private mutating func two(_ token: FormulaToken) -> FormulaToken {
    index += 1
    return token
  }

  private func unknownSymbol() -> FormulaError {
    error(
      .syntax, at: tokenStart,
      "\(tokenText) is not allowed; the operators are + - * / // % == != < <= > >= and or not if else")
  }

  // MARK: Bytes

  private func byte(at index: Int) -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// ASCII letters, digits and `_`; and everything beyond ASCII, which `part()` looks at again.
  private func isWordByte(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) || isDigit(byte) || byte == UInt8(ascii: "_")
      || byte >= 0x80
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func error(_ kind: FormulaError.Kind, at position: Int, _ message: String) -> FormulaError {
    FormulaError(kind, at: position, in: source, message)
  }
}
