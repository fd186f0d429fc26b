/// A 128-bit identifier: sixteen bytes inside, lower-case hexadecimal text with hyphens outside (RFC 9562).
///
/// New ones are version 7 (see ``UniqueIDSequence``): they sort by the millisecond they were made in, and so tell it. They are names,
/// never secrets.
package struct UniqueID: Hashable, Sendable {
  /// The first eight bytes, big-endian.
  package let high: UInt64
  /// The last eight bytes, big-endian.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads sixteen bytes; nil for any other number of them.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    func word(_ part: some Collection<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: word(bytes.prefix(8)), low: word(bytes.suffix(8)))
  }

  /// Reads the text form with hyphens at their places; upper-case digits are accepted. Nil for anything else.
  package init?(_ text: some StringProtocol) {
    let hyphens: Set = [8, 13, 18, 23]
    var words: (UInt64, UInt64) = (0, 0)
    var digits = 0
    var place = 0
    for byte in text.utf8 {
      defer { place += 1 }
      if hyphens.contains(place) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = hexadecimalValue(byte) else { return nil }
      if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
      digits += 1
      guard digits <= 32 else { return nil }
    }
    guard digits == 32, place == 36 else { return nil }
    self.init(high: words.0, low: words.1)
  }

  /// The sixteen bytes in network order.
  package var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 16) { buffer, filled in
      for place in 0..<8 {
        buffer[place] = UInt8(truncatingIfNeeded: high >> (56 - 8 * place))
        buffer[place + 8] = UInt8(truncatingIfNeeded: low >> (56 - 8 * place))
      }
      filled = 16
    }
  }
}

extension UniqueID: CustomStringConvertible {
  package var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(hexadecimalDigit(byte >> 4))
      text.append(hexadecimalDigit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension UniqueID: Comparable {
  package static func < (a: UniqueID, b: UniqueID) -> Bool { (a.high, a.low) < (b.high, b.low) }
}

extension UniqueID: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = UniqueID(text) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "“\(text.prefix(40))” is not an id; allowed: 32 hexadecimal digits as 8-4-4-4-12")
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
