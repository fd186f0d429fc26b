/// Decodes the members of an object.
struct MemberDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: ValueDecoder
  let members: JSONObject

  var codingPath: [any CodingKey] { decoder.codingPath }
  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }

  func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try member(key).isNull }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder.flag(member(key), at: step(key)) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder.text(member(key), at: step(key)) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder.number(member(key), at: step(key)) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoder.number(member(key), at: step(key)) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoder.integer(member(key), at: step(key)) }
  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
    try decoder.integer(member(key), at: step(key))
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try decoder.decode(type, from: try member(key), at: step(key))
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try child(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try child(key).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { decoder.child(members["super"] ?? .null, at: .super) }

  func superDecoder(forKey key: Key) -> any Decoder {
    decoder.child(members[key.stringValue] ?? .null, at: step(key))
  }

  private func child(_ key: Key) throws -> ValueDecoder { decoder.child(try member(key), at: step(key)) }

  private func step(_ key: Key) -> PathStep { .key(key.stringValue) }

  private func member(_ key: Key) throws -> JSON {
    guard let value = members[key.stringValue] else {
      throw decoder.fault(at: step(key), "missing", "This member is missing.")
    }
    return value
  }
}
