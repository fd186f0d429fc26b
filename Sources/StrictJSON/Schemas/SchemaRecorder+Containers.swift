/// Records the members a type reads. What a type asks about a member tells whether it must be there: the standard
/// library's `decodeIfPresent` asks first whether it is, then whether it is null.
struct MemberRecorder<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let recorder: SchemaRecorder

  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] {
    recorder.recordAllKeys()
    return []
  }

  func contains(_ key: Key) -> Bool {
    recorder.recordAbsence(of: key.stringValue)
    return true
  }

  func decodeNil(forKey key: Key) -> Bool {
    recorder.recordNull(at: key.stringValue)
    return false
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try recorder.record(type, at: key.stringValue)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedDecodingContainer<Nested> {
    recorder.nestedRecorder(at: key.stringValue).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
    recorder.nestedRecorder(at: key.stringValue).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { recorder.nestedRecorder(at: PathStep.super.stringValue) }
  func superDecoder(forKey key: Key) -> any Decoder { recorder.nestedRecorder(at: key.stringValue) }
}

/// Records the items a type reads from an array, which seems to have one.
struct ItemRecorder: UnkeyedDecodingContainer {
  let recorder: SchemaRecorder

  var codingPath: [any CodingKey] { [] }
  var count: Int? { 1 }
  var currentIndex: Int { recorder.hasItem ? 1 : 0 }
  var isAtEnd: Bool { recorder.hasItem }

  func decodeNil() -> Bool { false }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try recorder.recordItem(type) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
    throw unsupported
  }

  func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { throw unsupported }
  func superDecoder() throws -> any Decoder { throw unsupported }

  private var unsupported: SchemaFault {
    recorder.fault("it reads containers inside an array by hand; conform it to SchemaProviding")
  }
}

/// Records the one value a type stands for.
struct ScalarRecorder: SingleValueDecodingContainer {
  let recorder: SchemaRecorder

  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool {
    recorder.recordNull()
    return false
  }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try recorder.record(type) }
}
