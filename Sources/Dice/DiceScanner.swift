/// A place in the text of a dice expression, and the shapes that are read there.
struct DiceScanner {
  let source: String
  private let bytes: [UInt8]
  private(set) var index = 0

  init(_ source: String) {
    self.source = source
    bytes = Array(source.utf8)
  }

  var isAtEnd: Bool { index >= bytes.count }

  /// The byte at the place, or the one `offset` behind it.
  func peek(_ offset: Int = 0) -> UInt8? {
    index + offset < bytes.count ? bytes[index + offset] : nil
  }

  func isNext(_ character: Unicode.Scalar) -> Bool {
    peek() == UInt8(ascii: character)
  }

  /// Whether the letter stands at the place, in either case.
  func isNextLetter(_ letter: Unicode.Scalar, after offset: Int = 0) -> Bool {
    peek(offset).map { $0 | 0x20 } == UInt8(ascii: letter)
  }

  var isNextDigit: Bool {
    peek().map(Self.isDigit) ?? false
  }

  mutating func advance(_ count: Int = 1) {
    index = min(index + count, bytes.count)
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard isNext(character) else { return false }
    advance()
    return true
  }

  mutating func skipSpaces() {
    while let byte = peek(), byte == 0x20 || (0x09...0x0D).contains(byte) { advance() }
  }

  mutating func skipDigits() {
    while isNextDigit { advance() }
  }

  /// Moves to the next such character; false, and to the end, when there is none.
  mutating func skip(to character: Unicode.Scalar) -> Bool {
    while !isAtEnd {
      if isNext(character) { return true }
      advance()
    }
    return false
  }

  mutating func skipToEnd() {
    index = bytes.count
  }

  /// The text from `start` to the place.
  func text(from start: Int) -> String {
    String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// The first control character of the text from `start` to the place, as an offset in the source.
  func controlCharacter(from start: Int) -> Int? {
    bytes[start..<index].firstIndex { $0 < 0x20 || $0 == 0x7F }
  }

  /// What stands at the place, for messages: one character, or the end.
  var found: String {
    let utf8 = source.utf8
    let place = utf8.index(utf8.startIndex, offsetBy: index)
    guard place < source.endIndex else { return "the end" }
    let character = source[place]
    return character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      ? "'\(character)'" : "a control character"
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
