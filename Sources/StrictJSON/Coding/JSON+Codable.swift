extension JSON: Codable {
  package init(from decoder: any Decoder) throws {
    if let decoder = decoder as? ValueDecoder {
      self = decoder.value
      return
    }
    if let container = try? decoder.container(keyedBy: PathStep.self) {
      self = .object(try JSONObject(from: container))
    } else if var container = try? decoder.unkeyedContainer() {
      var items: [JSON] = []
      while !container.isAtEnd { items.append(try container.decode(JSON.self)) }
      self = .array(items)
    } else {
      try self.init(scalarFrom: try decoder.singleValueContainer())
    }
  }

  package func encode(to encoder: any Encoder) throws {
    switch self {
    case .array(let items):
      var container = encoder.unkeyedContainer()
      for item in items { try container.encode(item) }
    case .object(let members): try members.encode(to: encoder)
    case .null: try encode(to: encoder) { try $0.encodeNil() }
    case .bool(let flag): try encode(to: encoder) { try $0.encode(flag) }
    case .integer(let integer): try encode(to: encoder) { try $0.encode(integer) }
    case .number(let number): try encode(to: encoder) { try $0.encode(number) }
    case .string(let text): try encode(to: encoder) { try $0.encode(text) }
    }
  }

  private init(scalarFrom container: any SingleValueDecodingContainer) throws {
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .bool(flag)
    } else if let integer = try? container.decode(Int64.self) {
      self = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .string(try container.decode(String.self))
    }
  }

  private func encode(
    to encoder: any Encoder, _ body: (inout any SingleValueEncodingContainer) throws -> Void
  ) throws {
    var container = encoder.singleValueContainer()
    try body(&container)
  }
}

extension JSONObject: Codable {
  package init(from decoder: any Decoder) throws {
    try self.init(from: try decoder.container(keyedBy: PathStep.self))
  }

  fileprivate init(from container: KeyedDecodingContainer<PathStep>) throws {
    self.init()
    for key in container.allKeys { self[key.stringValue] = try container.decode(JSON.self, forKey: key) }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: PathStep.self)
    for (key, value) in self { try container.encode(value, forKey: .key(key)) }
  }
}
