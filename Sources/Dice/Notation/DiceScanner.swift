/// A place in the text of a dice expression, and the shapes that are read there.
struct DiceScanner {
  let source: String
  private let bytes: [UInt8]
  private let ignoresCase: Bool
  private(set) var index = 0

  init(_ source: String, ignoresCase: Bool) {
    self.source = source
    self.ignoresCase = ignoresCase
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

  /// Whether these ASCII characters stand at the place.
  func isNext(text: String) -> Bool {
    bytes[index...].starts(with: text.utf8) { folded($0) == $1 }
  }

  /// Whether the letter stands at the place, in either case where case does not count.
  func isNextLetter(_ letter: Unicode.Scalar) -> Bool {
    peek().map(folded) == UInt8(ascii: letter)
  }

  var isNextAnyLetter: Bool {
    peek().map(Self.isLetter) ?? false
  }

  var isNextSpace: Bool {
    peek().map(Self.isSpace) ?? false
  }

  /// Whether the byte before the place is a space.
  var isPrecededBySpace: Bool {
    index > 0 && Self.isSpace(bytes[index - 1])
  }

  /// Whether a word of people's language stands at the place: letters without a digit or a comparison behind them, and none
  /// of `words`.
  func isNextWordOfText(but words: [String]) -> Bool {
    let word = bytes[index...].prefix { !Self.isSpace($0) }
    guard String(decoding: word, as: UTF8.self).unicodeScalars.first?.properties.isAlphabetic == true else {
      return false
    }
    let notation = Array("0123456789<>=()[]{}@%".utf8)
    return !word.contains(where: notation.contains)
      && !words.contains { $0.utf8.elementsEqual(word.map { $0 | 0x20 }) }
  }

  private func folded(_ byte: UInt8) -> UInt8 {
    ignoresCase && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
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

  mutating func skipLetter(_ letter: Unicode.Scalar) -> Bool {
    guard isNextLetter(letter) else { return false }
    advance()
    return true
  }

  /// Skips the first of the words that stands at the place.
  mutating func skipWord(of words: [String]) -> String? {
    guard let word = words.first(where: { isNext(text: $0) }) else { return nil }
    advance(word.utf8.count)
    return word
  }

  /// Skips the first of the words that stand at the place without anything between them: the longest that leaves words.
  mutating func skipFirstWord(of words: [String]) -> String? {
    let letters = Array(bytes[index...].prefix { Self.isLetter($0) }.map(folded))
    // From the end: whether what stands there is words.
    var isWords = Array(repeating: false, count: letters.count) + [true]
    for place in letters.indices.reversed() {
      isWords[place] = words.contains { letters[place...].starts(with: $0.utf8) && isWords[place + $0.utf8.count] }
    }
    let fitting = words.filter { letters.starts(with: $0.utf8) }
    guard let word = fitting.first(where: { isWords[$0.utf8.count] }) ?? fitting.first else { return nil }
    advance(word.utf8.count)
    return word
  }

  mutating func skipLetters() {
    while isNextAnyLetter { advance() }
  }

  /// Skips a name with its points: `abilities.str.mod`.
  mutating func skipName() {
    while let byte = peek(),
      Self.isLetter(byte) || Self.isDigit(byte) || byte == UInt8(ascii: "_")
        || (byte == UInt8(ascii: ".") && peek(1).map { Self.isLetter($0) || $0 == UInt8(ascii: "_") } == true)
    {
      advance()
    }
  }

  mutating func skipSpaces() {
    while isNextSpace { advance() }
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

  /// The next so many bytes as text.
  func text(count: Int) -> String {
    String(decoding: bytes[index...].prefix(count), as: UTF8.self)
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

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
