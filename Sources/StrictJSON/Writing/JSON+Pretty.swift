extension JSON {
  /// The value for people to read: one member or item a line, indented by two spaces, members in the order kept.
  /// Numbers and strings are written as in the canonical form.
  package func prettyText() -> String {
    var bytes: [UInt8] = []
    appendPretty(to: &bytes, indentation: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func appendPretty(to bytes: inout [UInt8], indentation: Int) {
    switch self {
    case .array(let items) where !items.isEmpty:
      bytes.appendLines(of: items, between: .square, indentation: indentation) { item, bytes in
        item.appendPretty(to: &bytes, indentation: indentation + 2)
      }
    case .object(let object) where !object.isEmpty:
      bytes.appendLines(of: object, between: .curly, indentation: indentation) { member, bytes in
        bytes.appendQuoted(member.key)
        bytes.append(contentsOf: ": ".utf8)
        member.value.appendPretty(to: &bytes, indentation: indentation + 2)
      }
    case .array: bytes.append(contentsOf: "[]".utf8)
    case .object: bytes.append(contentsOf: "{}".utf8)
    default: appendScalar(to: &bytes)
    }
  }
}

private struct Brackets {
  static let square = Brackets(opening: UInt8(ascii: "["), closing: UInt8(ascii: "]"))
  static let curly = Brackets(opening: UInt8(ascii: "{"), closing: UInt8(ascii: "}"))

  let opening: UInt8
  let closing: UInt8
}

extension [UInt8] {
  fileprivate mutating func appendLines<Elements: Collection>(
    of elements: Elements, between brackets: Brackets, indentation: Int,
    append appendElement: (Elements.Element, inout [UInt8]) -> Void
  ) {
    append(brackets.opening)
    for (index, element) in elements.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      appendNewLine(indentation: indentation + 2)
      appendElement(element, &self)
    }
    appendNewLine(indentation: indentation)
    append(brackets.closing)
  }

  private mutating func appendNewLine(indentation: Int) {
    append(UInt8(ascii: "\n"))
    append(contentsOf: repeatElement(UInt8(ascii: " "), count: indentation))
  }
}
