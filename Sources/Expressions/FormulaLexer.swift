/// Cuts a formula into tokens, one at a time. Knows the shapes of numbers, names and operators, and no grammar.
struct FormulaLexer {
  private let source: String
  private let bytes: [UInt8]
  private var index = 0
  /// Where the token last returned begins, in bytes.
  private(set) var tokenStart = 0
  /// Where the name last returned begins: behind its `@`.
  private var nameStart = 0
  /// Where the last part of it begins.
  private var partStart = 0

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
    case UInt8(ascii: "@"): return try markedName()
    case let byte where isWordByte(byte): return try word()
    default: return try symbol()
    }
  }

  /// The name last returned, while no other token is read.
  var name: String { text(nameStart..<index) }

  /// Where the last of `count` parentheses stands that begin at `start`, with nothing but space between them.
  func place(ofParenthesis count: Int, from start: Int) -> Int {
    var left = count
    return bytes[start...].firstIndex { byte in
      if byte == UInt8(ascii: "(") { left -= 1 }
      return left == 0
    } ?? start
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
    var value: UInt64 = 0
    for digit in bytes[digits] {
      // 2^63 has 19 digits, so the first value beyond it has at most 20 and fits 64 bits without a sign.
      guard value <= Int64.min.magnitude / 10 else { throw .tooLarge(tokenText, source, at: tokenStart) }
      value = value * 10 + UInt64(digit - UInt8(ascii: "0"))
    }
    guard value <= Int64.min.magnitude else { throw .tooLarge(tokenText, source, at: tokenStart) }
    return .integer(value)
  }

  private func double() throws(FormulaError) -> FormulaToken {
    // Before Swift 6 its parser wanted a digit after the point, Python's does not: `5.` is 5.0 to all with a zero added.
    let spelled = text(tokenStart..<index)
    guard let value = Double(spelled.hasSuffix(".") ? spelled + "0" : spelled), value.isFinite else {
      throw error(.notFinite, at: tokenStart, "\(tokenText) is too large; \(ArithmeticFault.notFinite)")
    }
    return .double(value)
  }

  private mutating func skipDigits() {
    while index < bytes.count, isDigit(bytes[index]) { index += 1 }
  }

  // MARK: Words

  private mutating func word() throws(FormulaError) -> FormulaToken {
    nameStart = index
    let reserved = try part()
    guard startsPart(after: UInt8(ascii: ".")) else {
      return switch reserved {
      case .token(let token): token
      case .function(let function): .function(function)
      case .forbidden, nil: .name
      }
    }
    try skipParts()
    return .name
  }

  /// `@level`, as dice notations of virtual tables write names. The mark is no part of the name.
  private mutating func markedName() throws(FormulaError) -> FormulaToken {
    guard startsPart(after: UInt8(ascii: "@")) else {
      throw error(.syntax, at: tokenStart, "'@' must stand right before a name, as in @level")
    }
    index += 1
    nameStart = index
    let reserved = try part()
    try skipParts()
    if nameStart..<index == partStart..<index, reserved != nil {
      throw error(.syntax, at: nameStart, "'\(name)' is a word of the formula language and names no value")
    }
    return .name
  }

  private mutating func skipParts() throws(FormulaError) {
    while startsPart(after: UInt8(ascii: ".")) {
      index += 1
      _ = try part()
    }
  }

  /// Whether `mark` comes next and a word right after it.
  private func startsPart(after mark: UInt8) -> Bool {
    guard byte(at: index) == mark, let next = byte(at: index + 1) else { return false }
    return isWordByte(next) && !isDigit(next)
  }

  /// Skips one part of a dotted name; returns what it means when it stands alone and is no name.
  private mutating func part() throws(FormulaError) -> FormulaNames.Reserved? {
    partStart = index
    var isASCII = true
    while index < bytes.count, isWordByte(bytes[index]) {
      isASCII = isASCII && bytes[index] < 0x80
      index += 1
    }
    let spelled = text(partStart..<index)
    guard isASCII || FormulaNames.isWellFormed(spelled) else {
      throw error(
        .syntax, at: partStart, "'\(FormulaError.shown(spelled))' is not understood; names are letters, digits and _")
    }
    let reserved = FormulaNames.reserved(spelled)
    if let reason = FormulaNames.refusal(of: spelled, reserved) {
      throw error(.syntax, at: partStart, "'\(FormulaError.shown(spelled))' cannot be used: \(reason)")
    }
    return reserved
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
