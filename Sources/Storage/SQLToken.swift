/// A piece of a statement. The pieces of a statement, joined, are the statement again.
package struct SQLToken: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    /// A keyword, type, function or unquoted name.
    case word
    /// A name in double quotes.
    case quotedName
    /// A text literal in single quotes.
    case string
    case number
    /// A `?`.
    case placeholder
    /// `-- …` to the end of the line, or `/* … */`.
    case comment
    case space
    /// One character, or one of the operators of two (`<=`, `||`).
    case symbol
    /// A literal, quoted name or comment without its end: the rest of the statement.
    case unterminated
  }

  package let kind: Kind
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }

  /// Whether the piece says something: neither space nor comment.
  package var isSignificant: Bool { kind != .space && kind != .comment }

  func isWord(_ word: String) -> Bool { kind == .word && text == word }
  func isSymbol(_ symbol: String) -> Bool { kind == .symbol && text == symbol }
}

/// Cuts a statement of the common dialect into tokens, so that nobody looks for words inside literals.
package struct SQLTokenizer {
  private let bytes: [UInt8]
  private var position = 0

  private init(_ statement: String) { bytes = Array(statement.utf8) }

  package static func tokens(of statement: String) -> [SQLToken] {
    var tokenizer = SQLTokenizer(statement)
    var tokens: [SQLToken] = []
    while let token = tokenizer.next() { tokens.append(token) }
    return tokens
  }

  private mutating func next() -> SQLToken? {
    guard let first = byte(at: position) else { return nil }
    switch first {
    case _ where isSpace(first): return take(.space, while: isSpace)
    case _ where isLetter(first): return take(.word) { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "$") }
    case _ where isDigit(first): return number()
    case UInt8(ascii: "'"): return quoted(.string, by: first)
    case UInt8(ascii: "\""): return quoted(.quotedName, by: first)
    case UInt8(ascii: "?"): return take(.placeholder, count: 1)
    case UInt8(ascii: "-") where byte(at: position + 1) == first:
      return take(.comment) { $0 != UInt8(ascii: "\n") }
    case UInt8(ascii: "/") where byte(at: position + 1) == UInt8(ascii: "*"): return blockComment()
    default: return symbol()
    }
  }

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func take(_ kind: SQLToken.Kind, count: Int) -> SQLToken {
    let end = min(position + count, bytes.count)
    defer { position = end }
    return SQLToken(kind, String(decoding: bytes[position..<end], as: UTF8.self))
  }

  private mutating func take(_ kind: SQLToken.Kind, while matches: (UInt8) -> Bool) -> SQLToken {
    take(kind, count: bytes[position...].prefix(while: matches).count)
  }

  /// Digits, a point with digits, an exponent.
  private mutating func number() -> SQLToken {
    var end = position
    func skipDigits() { while let digit = byte(at: end), isDigit(digit) { end += 1 } }
    skipDigits()
    if byte(at: end) == UInt8(ascii: ".") {
      end += 1
      skipDigits()
    }
    if let mark = byte(at: end), mark | 0x20 == UInt8(ascii: "e") {
      let sign = byte(at: end + 1)
      let digits = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") ? end + 2 : end + 1
      if let digit = byte(at: digits), isDigit(digit) {
        end = digits
        skipDigits()
      }
    }
    return take(.number, count: end - position)
  }

  /// Text up to the closing quote; a doubled quote stands for itself.
  private mutating func quoted(_ kind: SQLToken.Kind, by quote: UInt8) -> SQLToken {
    var end = position + 1
    while let byte = byte(at: end) {
      end += 1
      guard byte == quote else { continue }
      guard self.byte(at: end) == quote else { return take(kind, count: end - position) }
      end += 1
    }
    return take(.unterminated, count: bytes.count - position)
  }

  private mutating func blockComment() -> SQLToken {
    var end = position + 2
    while end + 1 < bytes.count {
      if bytes[end] == UInt8(ascii: "*"), bytes[end + 1] == UInt8(ascii: "/") {
        return take(.comment, count: end + 2 - position)
      }
      end += 1
    }
    return take(.unterminated, count: bytes.count - position)
  }

  private mutating func symbol() -> SQLToken {
    let two = String(decoding: bytes[position..<min(position + 2, bytes.count)], as: UTF8.self)
    if ["<=", ">=", "<>", "!=", "==", "||", "<<", ">>", "::", "->"].contains(two) { return take(.symbol, count: 2) }
    // A character outside ASCII is one token, whole.
    let rest = bytes[(position + 1)...].prefix { $0 & 0xC0 == 0x80 }
    return take(.symbol, count: 1 + rest.count)
  }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
}
