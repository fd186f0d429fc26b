/// Encodes a value that is itself a scalar, or that stands for another.
struct ScalarEncoder: SingleValueEncodingContainer {
  let encoder: ValueEncoder

  var codingPath: [any CodingKey] { encoder.codingPath }

  func encodeNil() { encoder.place(.null) }
  func encode(_ value: Bool) { encoder.place(.bool(value)) }
  func encode(_ value: String) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: Double) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: Float) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: Int) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: Int8) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: Int16) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: Int32) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: Int64) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: Int128) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: UInt) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: UInt8) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: UInt16) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: UInt32) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: UInt64) throws { encoder.place(try encoder.json(value, at: nil)) }
  func encode(_ value: UInt128) throws { encoder.place(try encoder.json(value, at: nil)) }

  func encode<T: Encodable>(_ value: T) throws {
    encoder.place(try encoder.json(of: value, at: nil))
  }
}
