/// Encodes the members of an object.
struct MemberEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: ValueEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil(forKey key: Key) throws { try place(key) { _ in .null } }
  func encode(_ value: Bool, forKey key: Key) throws { try place(key) { _ in .bool(value) } }
  func encode(_ value: String, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: Double, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: Float, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: Int, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: Int8, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: Int16, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: Int32, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: Int64, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: Int128, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: UInt, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: UInt8, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: UInt16, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: UInt32, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: UInt64, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }
  func encode(_ value: UInt128, forKey key: Key) throws { try place(key) { try encoder.json(value, at: $0) } }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    try place(key) { try encoder.json(of: value, at: $0) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    encoder.openChild(at: step(key)).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    encoder.openChild(at: step(key)).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { encoder.openChild(at: .super) }
  func superEncoder(forKey key: Key) -> any Encoder { encoder.openChild(at: step(key)) }

  private func place(_ key: Key, _ json: (PathStep) throws -> JSON) throws {
    let key = key.stringValue
    guard !key.hasNUL else {
      let name = JSON.string(key).excerpt
      throw encoder.fault(nil, "nul_character", "The key \(name) holds U+0000, which is not allowed.")
    }
    let step = PathStep.key(key)
    encoder.place(try json(step), at: step)
  }

  private func step(_ key: Key) -> PathStep { .key(key.stringValue) }
}
