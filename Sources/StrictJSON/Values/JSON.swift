/// A JSON value, with integers kept apart from other numbers so that every `Int64` survives exactly.
///
/// Two values are equal exactly if their canonical bytes are equal: the order of members does not matter, `3` equals
/// `3.0` (both are written `3`), and strings are compared by their bytes, never by Unicode equivalence. What a value
/// equals therefore does not change when it is stored and read back.
///
/// Numbers are meant to be finite. Parsing and encoding refuse others; one made by hand is written as `null`, as
/// ECMAScript's `JSON.stringify` does.
package enum JSON: Sendable {
  case null
  case bool(Bool)
  /// A number written without point and exponent.
  case integer(Int64)
  /// Any other number, and `-0`.
  case number(Double)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

extension JSON: Hashable {
  package static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.integer(let integer), .number(let number)), (.number(let number), .integer(let integer)):
      number.canonicalInteger == integer
    case (.number(let left), .number(let right)): left == right || left.bitPattern == right.bitPattern
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let flag): hasher.combine(flag)
    case .integer(let integer): hasher.combine(integer)
    case .number(let number):
      if let integer = number.canonicalInteger { hasher.combine(integer) } else { hasher.combine(number.bitPattern) }
    case .string(let text): ByteString(text).hash(into: &hasher)
    case .array(let items): hasher.combine(items)
    case .object(let object): hasher.combine(object)
    }
  }
}

extension JSON: CustomStringConvertible {
  /// The canonical text.
  package var description: String { canonicalText() }
}
