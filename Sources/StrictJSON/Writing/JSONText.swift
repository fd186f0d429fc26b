extension [UInt8] {
  /// Appends an integer in decimal digits.
  package mutating func appendDecimal(_ integer: Int64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { text in  // A sign and 19 digits.
      var start = text.count
      var rest = integer.magnitude
      repeat {
        start -= 1
        text[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if integer < 0 {
        start -= 1
        text[start] = UInt8(ascii: "-")
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
  }

  /// Appends a string in quotation marks with no escape that is not needed (RFC 8785, section 3.2.2.2).
  package mutating func appendQuoted(_ text: String) {
    append(UInt8(ascii: "\""))
    text.withBytes { bytes in
      if bytes.contains(where: \.needsEscape) {
        for byte in bytes { appendEscaped(byte) }
      } else {
        append(contentsOf: bytes)
      }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    guard byte.needsEscape else { return append(byte) }
    append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    default:
      append(contentsOf: byte < 0x10 ? "u000".utf8 : "u001".utf8)
      append(Self.hexadecimal[Int(byte & 0x0F)])
    }
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}

extension UInt8 {
  /// Whether a byte of UTF-8 cannot stand for itself inside a JSON string.
  fileprivate var needsEscape: Bool { self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") }
}

extension String {
  /// Whether the text comes before another by UTF-16 code units, the order RFC 8785 (section 3.2.3) sorts keys in.
  ///
  /// The order of UTF-8 bytes is the same, but for scalars above U+FFFF (first byte F0 and up), whose surrogates come
  /// before U+E000…U+FFFF (first byte EE or EF).
  func precedesInUTF16(_ other: String) -> Bool {
    func rank(_ byte: UInt8) -> UInt8 { byte == 0xEE || byte == 0xEF ? byte + 0x10 : byte }
    return withBytes { bytes in
      other.withBytes { bytes.lexicographicallyPrecedes($0) { rank($0) < rank($1) } }
    }
  }
}
