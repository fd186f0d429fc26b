/// Finds out the schema of a type, and of the types inside it.
package struct SchemaProbe {
  /// Types nest at most this deep, generic ones included.
  static let depthMax = 32

  /// The types being probed, outermost first.
  private var types: [any Decodable.Type] = []

  func schema<T: Decodable>(of type: T.Type) throws(SchemaFault) -> JSONSchema {
    switch (type as? any SchemaStating.Type)?.schemaStatement {
    case .whole(let schema): return schema
    case .composed(let compose): return try compose(inside(type))
    case .described(let description):
      return try inside(type).record(type, as: description).named(by: description, for: type)
    case nil: return try inside(type).record(type, as: nil)
    }
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

  private func record<T: Decodable>(
    _ type: T.Type, as description: SchemaDescription?
  ) throws(SchemaFault) -> JSONSchema {
    let recorder = SchemaRecorder(type: type, probe: self, description: description)
    do {
      _ = try T(from: recorder)
      if let values = enumValues(of: type, recordedBy: recorder) { return values }
    } catch let fault as SchemaFault {
      throw fault
    } catch {
      // An enum refuses the sample: no case has that raw value.
      if let values = enumValues(of: type, recordedBy: recorder) { return values }
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

  /// The values of a type that turns out to be an enum. Only a type that stands for one value is asked.
  private func enumValues<T>(of type: T.Type, recordedBy recorder: SchemaRecorder) -> JSONSchema? {
    guard recorder.isTransparent, let values = rawValues(of: type), !values.isEmpty else { return nil }
    return .values(values)
  }
}

/// A type that says something about its schema.
///
/// Asking a type whether it conforms costs a search through every conformance of the program, so a type is asked once,
/// for this, and answers for the protocols that refine it.
package protocol SchemaStating {
  static var schemaStatement: SchemaStatement { get }
}

/// What a type says about its schema.
package enum SchemaStatement {
  case whole(JSONSchema)
  case described(SchemaDescription)
  /// Made of the schemas of its parameters.
  case composed((SchemaProbe) throws(SchemaFault) -> JSONSchema)
}

/// A generic type of the standard library, whose schema is made of its parameters' schemas.
private protocol SchemaComposed: SchemaStating {
  static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema
}

extension SchemaComposed {
  package static var schemaStatement: SchemaStatement { .composed(schema) }
}

extension Optional: SchemaComposed, SchemaStating where Wrapped: Decodable {
  fileprivate static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema {
    try probe.schema(of: Wrapped.self).orNull
  }
}

extension Array: SchemaComposed, SchemaStating where Element: Decodable {
  fileprivate static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema {
    .array(of: try probe.schema(of: Element.self))
  }
}

extension Set: SchemaComposed, SchemaStating where Element: Decodable {
  fileprivate static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema {
    .array(of: try probe.schema(of: Element.self))
  }
}

extension Dictionary: SchemaComposed, SchemaStating where Key == String, Value: Decodable {
  fileprivate static func schema(_ probe: SchemaProbe) throws(SchemaFault) -> JSONSchema {
    .map(of: try probe.schema(of: Value.self))
  }
}

extension JSONSchema {
  /// With what a type says about itself as a whole.
  fileprivate func named(
    by description: SchemaDescription, for type: any Decodable.Type
  ) throws(SchemaFault) -> JSONSchema {
    if let example = description.example, let fault = JSONFault(validate(example)) {
      throw SchemaFault(type, "its example \(example.excerpt) is not allowed: \(fault)")
    }
    return described(
      description.summary, title: description.title, examples: description.example.map { [$0] } ?? [])
  }
}
