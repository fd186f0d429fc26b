/// The place of a value inside a JSON document, as RFC 6901 writes it: `/operations/0/input`, with `~0` for `~` and
/// `~1` for `/` inside a key. The empty text is the whole document.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
  /// The whole document.
  package static let root = JSONPointer(escaped: "")

  package let description: String

  private init(escaped: String) { description = escaped }

  /// - Returns: `nil` if the text neither is empty nor starts with `/`, or has a `~` not followed by `0` or `1`.
  package init?(_ text: String) {
    guard text.isEmpty || text.utf8.first == UInt8(ascii: "/") else { return nil }
    for piece in text.utf8.split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: false).dropFirst() {
      guard piece.first == UInt8(ascii: "0") || piece.first == UInt8(ascii: "1") else { return nil }
    }
    description = text
  }

  /// The place of the member with this key.
  package func appending(_ key: String) -> JSONPointer {
    JSONPointer(escaped: description + "/" + Self.escape(key))
  }

  /// The place of the item at this index.
  package func appending(_ index: Int) -> JSONPointer { JSONPointer(escaped: "\(description)/\(index)") }

  /// The place that `other` names inside the value this pointer leads to.
  package func appending(_ other: JSONPointer) -> JSONPointer {
    JSONPointer(escaped: description + other.description)
  }

  /// The keys and indices on the way, unescaped.
  package var tokens: [String] {
    description.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
      .map { Self.unescape($0) }
  }

  /// The index a token names inside an array: digits without a leading zero.
  static func index(_ token: String) -> Int? {
    guard token.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return token.utf8.count > 1 && token.utf8.first == 0x30 ? nil : Int(token)
  }

  private static func escape(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return key }
    var escaped = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "~": escaped += "~0"
      case "/": escaped += "~1"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func unescape(_ token: Substring.UTF8View) -> String {
    var bytes: [UInt8] = []
    var rest = token[...]
    while let byte = rest.popFirst() {
      let isEscape = byte == UInt8(ascii: "~")
      bytes.append(isEscape ? (rest.popFirst() == UInt8(ascii: "0") ? byte : UInt8(ascii: "/")) : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
