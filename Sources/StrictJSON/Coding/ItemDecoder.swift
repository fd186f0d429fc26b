/// Decodes the items of an array.
struct ItemDecoder: UnkeyedDecodingContainer {
  let decoder: ValueDecoder
  let items: [JSON]
  private(set) var currentIndex = 0

  init(decoder: ValueDecoder, items: [JSON]) {
    self.decoder = decoder
    self.items = items
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { items.count }
  var isAtEnd: Bool { currentIndex >= items.count }

  /// Steps over the item only if it is null, as the protocol demands.
  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, items[currentIndex].isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try take { try $0.flag($1, at: $2) } }
  mutating func decode(_ type: String.Type) throws -> String { try take { try $0.text($1, at: $2) } }
  mutating func decode(_ type: Double.Type) throws -> Double { try take { try $0.number($1, at: $2) } }
  mutating func decode(_ type: Float.Type) throws -> Float { try take { try $0.number($1, at: $2) } }
  mutating func decode(_ type: Int.Type) throws -> Int { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: Int128.Type) throws -> Int128 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try take { try $0.integer($1, at: $2) } }
  mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try take { try $0.integer($1, at: $2) } }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    try take { try $0.decode(type, from: $1, at: $2) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try take { try $0.child($1, at: $2).container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try take { try $0.child($1, at: $2).unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try take { $0.child($1, at: $2) } }

  /// Reads the next item, and steps over it if it could be read.
  private mutating func take<T>(_ read: (ValueDecoder, JSON, PathStep) throws -> T) throws -> T {
    let step = PathStep.index(currentIndex)
    guard !isAtEnd else {
      throw decoder.fault(at: step, "missing", "This item is missing; the array has only \(items.count).")
    }
    let value = try read(decoder, items[currentIndex], step)
    currentIndex += 1
    return value
  }
}
