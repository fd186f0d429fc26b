/// A decoder that answers with samples and records what it was asked for.
final class SchemaRecorder: Decoder {
  private enum Shape {
    case undecided
    /// The value is what was recorded at no step: a scalar, or another type the value stands for.
    case transparent(JSONSchema)
    case object
    case array(JSONSchema?)
  }

  private struct Entry {
    let name: String
    var content: Content

    enum Content {
      case schema(JSONSchema)
      case recorder(SchemaRecorder)
    }
  }

  private let type: any Decodable.Type
  private let probe: SchemaProbe
  private let description: SchemaDescription?
  private var shape = Shape.undecided
  private var entries: [Entry] = []
  private var optional: Set<String> = []
  private var nullable: Set<String> = []
  private var isNullable = false
  private var readsAllKeys = false

  init(type: any Decodable.Type, probe: SchemaProbe, description: SchemaDescription?) {
    self.type = type
    self.probe = probe
    self.description = description
  }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    shape = .object
    return KeyedDecodingContainer(MemberRecorder(recorder: self))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer {
    shape = .array(nil)
    return ItemRecorder(recorder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { ScalarRecorder(recorder: self) }

  /// The schema of everything recorded.
  func schema() throws(SchemaFault) -> JSONSchema {
    guard !readsAllKeys else { throw fault("it reads keys that it does not name; conform it to SchemaProviding") }
    let schema: JSONSchema =
      switch shape {
      case .undecided: .object([])
      case .transparent(let schema): schema
      case .object: .object(try properties())
      case .array(let items?): .array(of: items)
      case .array(nil): throw fault("it reads an array without showing its items; conform it to SchemaProviding")
      }
    try refuseUnknownDescriptions()
    return isNullable ? schema.orNull : schema
  }

  // MARK: What containers record

  func recordAbsence(of key: String) { optional.insert(key) }
  func recordNull(at key: String) { nullable.insert(key) }
  func recordNull() { isNullable = true }

  /// Who reads whatever keys there are, instead of naming them, asks for what a recorder cannot know.
  func recordAllKeys() { readsAllKeys = true }

  func record<T: Decodable>(_ type: T.Type, at key: String) throws -> T {
    var schema = try probe.schema(of: type)
    if let description = description?.property(key) { schema = try narrow(schema, at: key, by: description) }
    record(.schema(schema), at: key)
    return try probe.sample(type, of: schema)
  }

  func record<T: Decodable>(_ type: T.Type) throws -> T {
    let schema = try probe.schema(of: type)
    shape = .transparent(schema)
    return try probe.sample(type, of: schema)
  }

  func recordItem<T: Decodable>(_ type: T.Type) throws -> T {
    let schema = try probe.schema(of: type)
    if case .array(let items?) = shape, items != schema {
      throw fault("it reads items of several types from one array; conform it to SchemaProviding")
    }
    shape = .array(schema)
    return try probe.sample(type, of: schema)
  }

  func nestedRecorder(at key: String) -> SchemaRecorder {
    let recorder = SchemaRecorder(type: type, probe: probe, description: nil)
    record(.recorder(recorder), at: key)
    return recorder
  }

  func fault(_ message: String) -> SchemaFault { SchemaFault(type, message) }

  /// Whether the type stands for one value of another type.
  var isTransparent: Bool { if case .transparent = shape { true } else { false } }
  var hasItem: Bool { if case .array(.some) = shape { true } else { false } }

  // MARK: What becomes of it

  private func record(_ content: Entry.Content, at key: String) {
    guard !entries.contains(where: { $0.name == key }) else { return }
    entries.append(Entry(name: key, content: content))
  }

  private func properties() throws(SchemaFault) -> [JSONSchema.Property] {
    var properties: [JSONSchema.Property] = []
    for entry in entries {
      var schema = try schema(of: entry)
      if nullable.contains(entry.name) { schema = schema.orNull }
      properties.append(.init(entry.name, schema, isRequired: !optional.contains(entry.name)))
    }
    return properties
  }

  private func schema(of entry: Entry) throws(SchemaFault) -> JSONSchema {
    switch entry.content {
    case .schema(let schema): return schema
    case .recorder(let recorder):
      let schema = try recorder.schema()
      guard let description = description?.property(entry.name) else { return schema }
      return try narrow(schema, at: entry.name, by: description)
    }
  }

  private func narrow(
    _ schema: JSONSchema, at key: String, by description: PropertyDescription
  ) throws(SchemaFault) -> JSONSchema {
    do throws(JSONSchema.Misfit) {
      return try schema.narrowed(by: description)
    } catch {
      throw fault("the description of its property \(key) is wrong: \(error.message)")
    }
  }

  private func refuseUnknownDescriptions() throws(SchemaFault) {
    let names = entries.map(\.name)
    for (name, _) in description?.properties ?? [] where !names.contains(name) {
      throw fault("it describes a property \(name) that it does not have; there are \(names.joined(separator: ", "))")
    }
  }
}
