extension JSONParser {
  /// What a string is for, which decides how long it may be.
  enum StringRole {
    case value
    case key
  }

  /// Reads a string; the next byte is its opening quotation mark.
  mutating func string(_ role: StringRole) throws(JSONFault) -> String {
    position += 1
    var text = try plainText(role, room: room(for: role))
    while !take(UInt8(ascii: "\"")) {
      text.unicodeScalars.append(try escape())
      text += try plainText(role, room: room(for: role) - text.utf8.count)
    }
    return text
  }

  /// Reads characters that stand for themselves, up to a quotation mark or backslash.
  private mutating func plainText(_ role: StringRole, room: Int) throws(JSONFault) -> String {
    let start = position
    var union: UInt8 = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
      guard byte >= 0x20 else { throw controlCharacter(byte) }
      union |= byte
      position += 1
    }
    guard position - start <= room else { throw tooLong(role) }
    guard position < bytes.count else { throw unexpected("a closing quotation mark") }
    let piece = UnsafeBufferPointer(rebasing: bytes[start..<position])
    if union < 0x80 { return String(decoding: piece, as: UTF8.self) }  // All is ASCII: nothing can be repaired.
    if let text = String(validating: piece, as: UTF8.self) { return text }
    let offset = start + piece.firstInvalidUTF8
    throw fault(.invalidUTF8, "the byte \(bytes[offset].hexadecimal) is no valid UTF-8 here", at: offset)
  }

  /// Reads one escape, or two that make a surrogate pair; the next byte is the backslash.
  private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
    let start = position
    position += 1
    guard let letter = next else { throw unexpected("an escaped character") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(letter)
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start)
    default:
      position -= 1
      throw unexpected(#"one of " \ / b f n r t u after the backslash"#, otherwise: .invalidEscape)
    }
  }

  private mutating func unicodeEscape(from start: Int) throws(JSONFault) -> Unicode.Scalar {
    let first = try codeUnit()
    guard UTF16.isSurrogate(first) else {
      guard first != 0 else { throw fault(.nulCharacter, "U+0000 is not allowed", at: start) }
      return Unicode.Scalar(first) ?? "\u{FFFD}"  // Not a surrogate, so there is always a scalar.
    }
    guard UTF16.isLeadSurrogate(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw loneSurrogate(first, at: start)
    }
    let second = try codeUnit()
    guard UTF16.isTrailSurrogate(second) else { throw loneSurrogate(first, at: start) }
    return UTF16.decode(UTF16.EncodedScalar([first, second]))
  }

  private mutating func codeUnit() throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw unexpected("four hexadecimal digits after \\u", otherwise: .invalidEscape)
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private func room(for role: StringRole) -> Int {
    switch role {
    case .value: limits.stringBytes
    case .key: limits.keyBytes
    }
  }

  private func tooLong(_ role: StringRole) -> JSONFault {
    switch role {
    case .value: fault(.stringTooLong, "the string is longer than the \(limits.stringBytes) bytes allowed")
    case .key: fault(.keyTooLong, "the key is longer than the \(limits.keyBytes) bytes allowed")
    }
  }

  private func controlCharacter(_ byte: UInt8) -> JSONFault {
    byte == 0
      ? fault(.nulCharacter, "U+0000 is not allowed")
      : fault(.controlCharacter, "the control character U+00\(byte.hexadecimal) must be escaped in a string")
  }

  private func loneSurrogate(_ unit: UInt16, at offset: Int) -> JSONFault {
    let text = String(unit, radix: 16, uppercase: true)
    return fault(.loneSurrogate, "the surrogate \\u\(text) has no partner, so it is no character", at: offset)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The offset of the first byte that is part of no character.
  fileprivate var firstInvalidUTF8: Int {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: span)
      return 0
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
