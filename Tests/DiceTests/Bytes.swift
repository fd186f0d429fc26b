import Dice

/// Bytes written as hexadecimal digits, as test vectors are printed.
func bytes(_ hexadecimal: String) -> [UInt8] {
  let digits = hexadecimal.filter(\.isHexDigit).compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

/// The key 00 01 02 … 1f of the RFC and of the format's own vectors.
func countingKey() throws -> ChaChaKey {
  try ChaChaKey(bytes: Array(0..<32))
}

extension ChaChaStream {
  /// The next words of the keystream.
  mutating func words(_ count: Int) throws -> [UInt32] {
    try (0..<count).map { _ in try word() }
  }

  /// The next faces of one die.
  mutating func faces(_ count: Int, sides: UInt32) throws -> [UInt32] {
    try (0..<count).map { _ in try draw(sides: sides) }
  }
}
