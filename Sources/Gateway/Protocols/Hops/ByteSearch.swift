extension String {
  /// Whether the text has these ASCII bytes as a key of JSON that says something: in quotation marks, before a colon, and
  /// that not before `null`. Inside of a string they would stand behind backslashes, so that only a key and a string of just
  /// this word are found, and the colon tells the two apart. Costs one pass.
  func hasKey(_ key: StaticString) -> Bool {
    var text = self
    return text.withUTF8 { bytes in
      key.withUTF8Buffer { key in
        var start = 0
        while let end = bytes.end(of: key, from: start) {
          let colon = bytes.blanksEnd(from: end)
          if colon < bytes.count, bytes[colon] == UInt8(ascii: ":") {
            let value = bytes.blanksEnd(from: colon + 1)
            if value >= bytes.count || bytes[value] != UInt8(ascii: "n") { return true }
          }
          start = end
        }
        return false
      }
    }
  }
}

extension String {
  /// Whether the text is one object whose brackets and strings are all closed: what was cut on its way is not. One pass,
  /// nothing kept; whether it is JSON in every letter is not asked.
  var isClosedObject: Bool {
    var text = self
    return text.withUTF8 { bytes in
      var depth = 0
      var isInside = false
      var isEscaped = false
      for (offset, byte) in bytes.enumerated() {
        if isInside {
          if isEscaped {
            isEscaped = false
          } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
          } else if byte == UInt8(ascii: "\"") {
            isInside = false
          }
          continue
        }
        switch byte {
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "[") where depth == 0: return false
        case UInt8(ascii: "\"") where depth == 0: return false
        case UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "\""): isInside = true
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          depth -= 1
          guard depth != 0 else { return bytes[(offset + 1)...].allSatisfy { $0 == 0x20 || $0 == 0x09 } }
        case 0x20, 0x09, 0x0A, 0x0D: break
        default: if depth == 0 { return false }
        }
      }
      return false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where the blanks at an offset end.
  fileprivate func blanksEnd(from start: Int) -> Int {
    var offset = start
    while offset < count, self[offset] == 0x20 || self[offset] == 0x09 { offset += 1 }
    return offset
  }

  /// Where the first `"key"` at or after an offset ends.
  fileprivate func end(of key: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let quote = UInt8(ascii: "\"")
    let length = key.count + 2
    guard count >= length else { return nil }
    var offset = start
    while offset <= count - length {
      if self[offset] == quote, self[offset + length - 1] == quote,
        (0..<key.count).allSatisfy({ self[offset + 1 + $0] == key[$0] })
      {
        return offset + length
      }
      offset += 1
    }
    return nil
  }
}
