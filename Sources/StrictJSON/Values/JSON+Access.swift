extension JSON {
  /// The member with this key, or `nil` if there is none or the value is not an object.
  package subscript(key: String) -> JSON? { members?[key] }

  /// The item at this index, or `nil` if there is none or the value is not an array.
  package subscript(index: Int) -> JSON? {
    guard case .array(let items) = self, items.indices.contains(index) else { return nil }
    return items[index]
  }

  /// The value a pointer leads to, or `nil` if it leads nowhere.
  package subscript(pointer: JSONPointer) -> JSON? {
    var value = self
    for token in pointer.tokens {
      let next: JSON? =
        switch value {
        case .object(let object): object[token]
        case .array: JSONPointer.index(token).flatMap { value[$0] }
        default: nil
        }
      guard let next else { return nil }
      value = next
    }
    return value
  }

  /// The text of a string.
  package var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The value of a number written as an integer; `3.0` has none.
  package var int64: Int64? { if case .integer(let integer) = self { integer } else { nil } }

  /// The value of any number; an integer beyond 2^53 becomes the nearest `Double`.
  package var double: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  /// The value of `true` and `false`.
  package var flag: Bool? { if case .bool(let flag) = self { flag } else { nil } }

  /// The items of an array.
  package var items: [JSON]? { if case .array(let items) = self { items } else { nil } }

  /// The members of an object.
  package var members: JSONObject? { if case .object(let object) = self { object } else { nil } }

  package var isNull: Bool { if case .null = self { true } else { false } }
}
