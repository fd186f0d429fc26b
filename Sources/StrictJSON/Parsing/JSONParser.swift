/// Reads one JSON text from left to right. Calls nest as deep as the text does, which the limits bound.
///
/// A fault is thrown with an empty pointer and gets one token on each level it leaves.
struct JSONParser: ~Copyable {
  let bytes: UnsafeBufferPointer<UInt8>
  let limits: JSONLimits
  /// The offset of the next byte to read.
  var position = 0
  private var depth = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// The next byte, or `nil` at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func document() throws(JSONFault) -> JSON {
    guard bytes.count <= limits.bytes else {
      throw fault(.tooLarge, "the text has \(bytes.count) bytes; at most \(limits.bytes) are allowed", at: limits.bytes)
    }
    guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
      throw fault(.byteOrderMark, "the text starts with a byte order mark; leave it out")
    }
    skipSpace()
    let value = try value()
    skipSpace()
    guard next == nil else {
      throw unexpected("the end of the text", otherwise: .trailingText)
    }
    return value
  }

  private mutating func value() throws(JSONFault) -> JSON {
    switch next {
    case UInt8(ascii: "\""): return .string(try string(.value))
    case UInt8(ascii: "{"): return try nested { parser throws(JSONFault) in try parser.object() }
    case UInt8(ascii: "["): return try nested { parser throws(JSONFault) in try parser.array() }
    case UInt8(ascii: "-"): return try number()
    case let byte? where byte.digit != nil: return try number()
    case UInt8(ascii: "t") where take("true"): return true
    case UInt8(ascii: "f") where take("false"): return false
    case UInt8(ascii: "n") where take("null"): return .null
    default: throw notFinite ?? unexpected("a value")
    }
  }

  private mutating func nested(
    _ read: (inout JSONParser) throws(JSONFault) -> JSON
  ) throws(JSONFault) -> JSON {
    guard depth < limits.depth else {
      throw fault(.tooDeep, "arrays and objects nest deeper than the \(limits.depth) levels allowed")
    }
    depth += 1
    position += 1  // the opening bracket
    skipSpace()
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func array() throws(JSONFault) -> JSON {
    var items: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array(items) }
    repeat {
      skipSpace()
      try refuseTrailingComma(before: UInt8(ascii: "]"))
      guard items.count < limits.items else {
        throw fault(.tooManyItems, "the array has more than the \(limits.items) items allowed")
      }
      do throws(JSONFault) {
        items.append(try value())
      } catch {
        throw error.inside(.root.appending(items.count))
      }
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw unexpected("a comma or ] after the item") }
    return .array(items)
  }

  private mutating func object() throws(JSONFault) -> JSON {
    var members = JSONObject()
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      try refuseTrailingComma(before: UInt8(ascii: "}"))
      guard members.count < limits.members else {
        throw fault(.tooManyMembers, "the object has more than the \(limits.members) members allowed")
      }
      try member(into: &members)
      skipSpace()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw unexpected("a comma or } after the member") }
    return .object(members)
  }

  private mutating func member(into members: inout JSONObject) throws(JSONFault) {
    guard next == UInt8(ascii: "\"") else { throw unexpected("a key in quotation marks") }
    let start = position
    let key = try string(.key)
    do throws(JSONFault) {
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw unexpected("a colon after the key") }
      skipSpace()
      guard members.insert(key, try value()) else {
        throw fault(.duplicateKey, "the object has the key \(JSON.string(key).excerpt) already", at: start)
      }
    } catch {
      throw error.inside(.root.appending(key))
    }
  }

  private func refuseTrailingComma(before bracket: UInt8) throws(JSONFault) {
    guard next == bracket else { return }
    throw fault(.trailingComma, "a comma stands before \(Character(Unicode.Scalar(bracket))); nothing follows it")
  }

  private mutating func skipSpace() {
    while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
  }

  /// Steps over this byte if it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// Steps over this word if it comes next.
  private mutating func take(_ word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    guard end <= bytes.count, (position..<end).allSatisfy({ bytes[$0] == word.utf8Start[$0 - position] }) else {
      return false
    }
    position = end
    return true
  }
}
