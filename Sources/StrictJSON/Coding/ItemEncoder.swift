/// Encodes the items of an array.
struct ItemEncoder: UnkeyedEncodingContainer {
  let encoder: ValueEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }
  var count: Int { encoder.itemCount }

  func encodeNil() { encoder.place(.null, at: step) }
  func encode(_ value: Bool) { encoder.place(.bool(value), at: step) }
  func encode(_ value: String) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: Double) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: Float) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: Int) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: Int8) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: Int16) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: Int32) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: Int64) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: Int128) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: UInt) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: UInt8) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: UInt16) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: UInt32) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: UInt64) throws { encoder.place(try encoder.json(value, at: step), at: step) }
  func encode(_ value: UInt128) throws { encoder.place(try encoder.json(value, at: step), at: step) }

  func encode<T: Encodable>(_ value: T) throws {
    encoder.place(try encoder.json(of: value, at: step), at: step)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    encoder.openChild(at: step).container(keyedBy: type)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.openChild(at: step).unkeyedContainer() }
  func superEncoder() -> any Encoder { encoder.openChild(at: step) }

  private var step: PathStep { .index(count) }
}
