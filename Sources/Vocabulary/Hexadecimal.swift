/// The value of an ASCII hexadecimal digit, either case.
func hexadecimalValue(_ byte: UInt8) -> UInt64? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}

/// The lower-case digit of a value from 0 to 15.
func hexadecimalDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + (nibble & 15) - 10
}

extension Sequence<UInt8> {
  /// Lower-case hexadecimal text, two digits a byte.
  package var hexadecimal: String {
    var text: [UInt8] = []
    text.reserveCapacity(underestimatedCount * 2)
    for byte in self {
      text.append(hexadecimalDigit(byte >> 4))
      text.append(hexadecimalDigit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Reads hexadecimal text of either case; nil when a character is no digit or the number of digits is odd.
  package init?(hexadecimal text: some StringProtocol) {
    var bytes: [UInt8] = []
    var half: UInt8?
    for byte in text.utf8 {
      guard let value = hexadecimalValue(byte) else { return nil }
      if let high = half {
        bytes.append(high << 4 | UInt8(value))
        half = nil
      } else {
        half = UInt8(value)
      }
    }
    guard half == nil else { return nil }
    self = bytes
  }
}
