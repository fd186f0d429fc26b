/// Finds out the schema of a type, and of the types inside it.
struct SchemaProbe {
  /// Types nest at most this deep, generic ones included.
  static let depthMax = 32

  /// The types being probed, outermost first.
  private var types: [any Decodable.Type] = []

  func schema<T: Decodable>(of type: T.Type) throws(SchemaFault) -> JSONSchema {
    if let type = type as? any SchemaProviding.Type { return type.jsonSchema }
    let probe = try inside(type)
    if let type = type as? any SchemaComposed.Type { return try type.schema(probe) }
    if let values = rawValues(of: type), !values.isEmpty { return try .values(values).named(by: type) }
    return try probe.record(type).named(by: type)
  }

  /// A value of the type that its schema allows, for a type that wants to see its properties while it is probed.
  func sample<T: Decodable>(_ type: T.Type, of schema: JSONSchema) throws(SchemaFault) -> T {
    do throws(JSONFault) {
      return try schema.sample.decode(type)
    } catch {
      throw SchemaFault(
        type,
        """
        it refuses the sample \(schema.sample.excerpt) (\(error)); give its schema, or its property's description, an \
        example that it accepts
        """)
    }
  }

  private func inside<T: Decodable>(_ type: T.Type) throws(SchemaFault) -> SchemaProbe {
    guard !types.contains(where: { $0 == type }) else {
      throw SchemaFault(type, "it contains itself; conform it to SchemaProviding")
    }
    guard types.count < Self.depthMax else {
      throw SchemaFault(types.first ?? type, "its types nest deeper than \(Self.depthMax) levels, down to \(type)")
    }
    var probe = self
    probe.types.append(type)
    return probe
  }

  private func record<T: Decodable>(_ type: T.Type) throws(SchemaFault) -> JSONSchema {
    let description = (type as? any SchemaDescribed.Type)?.schemaDescription
    let recorder = SchemaRecorder(type: type, probe: self, description: description)
    do {
      _ = try T(from: recorder)
    } catch let fault as SchemaFault {
      throw fault
    } catch {
      throw SchemaFault(
        type,
        """
        its init(from:) refuses sample values (\(error)); conform it to SchemaProviding, which an enum with associated \
        values always must and an enum with raw values must unless it is CaseIterable, or describe its properties with \
        examples that it accepts
        """)
    }
    return try recorder.schema()
  }
}

/// A generic type of the standard library, whose schema is made of its parameters' schemas.
private protocol SchemaComposed {
  static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema
}

extension Optional: SchemaComposed where Wrapped: Decodable {
  fileprivate static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema {
    try probe.schema(of: Wrapped.self).orNull
  }
}

extension Array: SchemaComposed where Element: Decodable {
  fileprivate static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema {
    .array(of: try probe.schema(of: Element.self))
  }
}

extension Set: SchemaComposed where Element: Decodable {
  fileprivate static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema {
    .array(of: try probe.schema(of: Element.self))
  }
}

extension Dictionary: SchemaComposed where Key == String, Value: Decodable {
  fileprivate static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema {
    .map(of: try probe.schema(of: Value.self))
  }
}

extension JSONSchema {
  /// With what a type says about itself as a whole.
  fileprivate func named(by type: Any.Type) throws(SchemaFault) -> JSONSchema {
    guard let description = (type as? any SchemaDescribed.Type)?.schemaDescription else { return self }
    if let example = description.example, let fault = JSONFault(validate(example)) {
      throw SchemaFault(type, "its example \(example.excerpt) is not allowed: \(fault)")
    }
    return described(
      description.summary, title: description.title, examples: description.example.map { [$0] } ?? [])
  }
}
