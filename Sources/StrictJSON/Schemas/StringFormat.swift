/// A form that the text of a string must have, with the name JSON Schema gives it. Formats are told apart by name.
package struct StringFormat: Sendable, Hashable {
  /// The value of `format` in the schema document, such as `uuid`.
  package let name: String
  /// What is wanted, for messages: "a UUID in lower-case text".
  package let wanted: String
  /// A text of this form.
  package let example: String
  /// Whether a text has the form. It runs on text from outside: keep it linear.
  package let accepts: @Sendable (String) -> Bool

  package init(_ name: String, wanted: String, example: String, accepts: @escaping @Sendable (String) -> Bool) {
    self.name = name
    self.wanted = wanted
    self.example = example
    self.accepts = accepts
  }

  package static func == (left: StringFormat, right: StringFormat) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension StringFormat {
  /// A UUID as RFC 9562 writes it, in lower case: 8-4-4-4-12 hexadecimal digits.
  package static let uuid = StringFormat(
    "uuid", wanted: "a UUID in lower-case text", example: "01890a5d-ac96-774b-bcce-b302099a8057"
  ) { text in
    let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.allSatisfy { $0.allSatisfy(\.isLowerCaseHexadecimal) }
  }

  /// A point in time as RFC 3339 writes it, in UTC: `2026-01-31T23:59:59.000000Z`, with up to nine digits of a second.
  package static let dateTime = StringFormat(
    "date-time", wanted: "a time in UTC as RFC 3339 writes it", example: "2026-01-31T23:59:59.000000Z",
    accepts: { RFC3339.isTimeInUTC($0) })
}

extension UInt8 {
  fileprivate var isLowerCaseHexadecimal: Bool {
    digit != nil || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
  }
}

private enum RFC3339 {
  static func isTimeInUTC(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.count <= 30, matches(bytes.prefix(19)), bytes.last == UInt8(ascii: "Z") else {
      return false
    }
    let fraction = bytes[19..<(bytes.count - 1)]
    guard fraction.isEmpty || fraction.first == UInt8(ascii: "."),
      fraction.count != 1, fraction.dropFirst().allSatisfy({ $0.digit != nil })
    else { return false }
    return isDate(number(bytes[0..<4]), number(bytes[5..<7]), number(bytes[8..<10]))
      && number(bytes[11..<13]) < 24 && number(bytes[14..<16]) < 60 && number(bytes[17..<19]) < 60
  }

  private static func matches(_ bytes: ArraySlice<UInt8>) -> Bool {
    zip(bytes, "dddd-dd-ddTdd:dd:dd".utf8).allSatisfy { byte, form in
      form == UInt8(ascii: "d") ? byte.digit != nil : byte == form
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1.digit ?? 0) }
  }

  private static func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(month) && (1...days[max(0, min(11, month - 1))]).contains(day)
  }
}
