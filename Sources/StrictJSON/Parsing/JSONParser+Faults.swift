/// What can be wrong with a JSON text; the raw value is the code of the error.
enum SyntaxFault: String, CaseIterable {
  case tooLarge = "too_large"
  case tooDeep = "too_deep"
  case tooManyItems = "too_many_items"
  case tooManyMembers = "too_many_members"
  case stringTooLong = "string_too_long"
  case keyTooLong = "key_too_long"
  case numberTooLong = "number_too_long"
  case byteOrderMark = "byte_order_mark"
  case invalidUTF8 = "invalid_utf8"
  case nulCharacter = "nul_character"
  case controlCharacter = "control_character"
  case invalidEscape = "invalid_escape"
  case loneSurrogate = "lone_surrogate"
  case duplicateKey = "duplicate_key"
  case trailingComma = "trailing_comma"
  case trailingText = "trailing_text"
  case leadingZero = "leading_zero"
  case invalidNumber = "invalid_number"
  case notFinite = "not_finite"
  case integerOutOfRange = "integer_out_of_range"
  case numberOutOfRange = "number_out_of_range"
  case unexpectedCharacter = "unexpected_character"
  case unexpectedEnd = "unexpected_end"
}

extension JSONParser {
  /// A fault at a byte offset; the next byte if none is given.
  func fault(_ kind: SyntaxFault, _ message: String, at offset: Int? = nil) -> JSONFault {
    JSONFault(FieldError(at: .root, code: kind.rawValue, message: "Byte \(offset ?? position): \(message)."))
  }

  /// The fault of a next byte that cannot stand here.
  func unexpected(_ wanted: String, otherwise kind: SyntaxFault = .unexpectedCharacter) -> JSONFault {
    switch next {
    case nil: fault(.unexpectedEnd, "the text ends where \(wanted) must follow")
    case 0: fault(.nulCharacter, "U+0000 is not allowed")
    case .some(let byte) where byte >= 0x80 && !startsValidScalar:
      fault(.invalidUTF8, "the byte \(byte.hexadecimal) is no valid UTF-8 here")
    case .some: fault(kind, "found \(foundText) where \(wanted) must follow")
    }
  }

  /// The fault of a next word that other dialects take for a number, if it is one.
  var notFinite: JSONFault? {
    let rest = bytes[position...]
    guard let word = ["NaN", "Infinity", "+Infinity"].first(where: { rest.starts(with: $0.utf8) }) else { return nil }
    return fault(.notFinite, "\(word) is no JSON number; only finite numbers are allowed")
  }

  private var startsValidScalar: Bool {
    let scalar = bytes[position...].prefix(4)
    return (2...4).contains { String(validating: scalar.prefix($0), as: UTF8.self) != nil }
  }

  /// The next character, in words that can be shown.
  private var foundText: String {
    let characters = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
    guard let scalar = characters.unicodeScalars.first else { return "nothing" }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse, .spaceSeparator:
      "U+" + String(scalar.value, radix: 16, uppercase: true).leftPadded(to: 4)
    default: "\(scalar)"
    }
  }
}

extension UInt8 {
  /// Two hexadecimal digits.
  var hexadecimal: String { String(self, radix: 16, uppercase: true).leftPadded(to: 2) }
}

extension String {
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(0, width - utf8.count)) + self
  }
}
