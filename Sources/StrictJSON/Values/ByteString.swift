/// A string that is equal to another if the bytes are equal.
///
/// Swift compares strings by canonical equivalence, so "é" written as one scalar equals "é" written as two. JSON knows
/// no such thing (RFC 8259, section 8.3), and hashing by equivalence would let a sender choose thousands of different
/// keys with one hash.
struct ByteString: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ByteString, right: ByteString) -> Bool { left.text.hasSameBytes(as: right.text) }

  func hash(into hasher: inout Hasher) {
    text.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)  // No UTF-8 text holds this byte, so neighbours cannot run into each other.
  }
}

extension String {
  /// Whether the two texts have the same UTF-8 bytes.
  func hasSameBytes(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    return withBytes { bytes in other.withBytes { bytes.elementsEqual($0) } }
  }

  /// Whether the text has U+0000, which neither our JSON nor our databases take.
  var hasNUL: Bool { withBytes { $0.contains(0) } }

  /// The UTF-8 bytes of the text, for as long as the call lasts.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
  }
}
