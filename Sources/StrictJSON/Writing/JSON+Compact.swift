extension JSON {
  /// The value without white space and with the members in the order kept: for what is handed on to somebody to whom the
  /// order says something, such as a schema whose properties a model writes in their order. Numbers and strings are written
  /// as in the canonical form.
  package func compactBytes() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256)
    bytes.appendCompact(self)
    return bytes
  }

  /// ``compactBytes()`` as text.
  package func compactText() -> String { String(decoding: compactBytes(), as: UTF8.self) }
}

extension [UInt8] {
  /// Appends a value as ``JSON/compactBytes()`` writes it.
  package mutating func appendCompact(_ value: JSON) {
    switch value {
    case .array(let items):
      append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { append(UInt8(ascii: ",")) }
        appendCompact(item)
      }
      append(UInt8(ascii: "]"))
    case .object(let object):
      append(UInt8(ascii: "{"))
      for (index, member) in object.enumerated() {
        if index > 0 { append(UInt8(ascii: ",")) }
        appendQuoted(member.key)
        append(UInt8(ascii: ":"))
        appendCompact(member.value)
      }
      append(UInt8(ascii: "}"))
    default: value.appendScalar(to: &self)
    }
  }
}
