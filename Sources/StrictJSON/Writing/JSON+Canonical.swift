extension JSON {
  /// The value in the canonical form of RFC 8785 (JCS): no white space, members sorted by the UTF-16 code units of
  /// their keys, numbers as ECMAScript writes them, no escape that is not needed. Equal values have equal bytes, and
  /// the bytes of every finite value without U+0000 read back as an equal value.
  ///
  /// It differs from JCS in one thing, on purpose: an integer beyond ±2^53 keeps all its digits, where JCS would round
  /// it to a `Double`; here it is exact. Journals hash these bytes, so the form never changes.
  package func canonicalBytes() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    appendCanonical(to: &bytes)
    return bytes
  }

  /// ``canonicalBytes()`` as text.
  package func canonicalText() -> String { String(decoding: canonicalBytes(), as: UTF8.self) }

  private func appendCanonical(to bytes: inout [UInt8]) {
    switch self {
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        item.appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let object):
      bytes.append(UInt8(ascii: "{"))
      for (index, position) in object.canonicalOrder().enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        let member = object[position]
        bytes.appendQuoted(member.key)
        bytes.append(UInt8(ascii: ":"))
        member.value.appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    default: appendScalar(to: &bytes)
    }
  }

  /// Appends a value that holds no others.
  func appendScalar(to bytes: inout [UInt8]) {
    switch self {
    case .null, .array, .object: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: flag ? "true".utf8 : "false".utf8)
    case .integer(let integer): bytes.appendDecimal(integer)
    case .number(let number): number.appendECMAScript(to: &bytes)
    case .string(let text): bytes.appendQuoted(text)
    }
  }
}
