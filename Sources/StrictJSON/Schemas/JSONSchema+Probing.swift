extension JSONSchema {
  /// The schema of what a type decodes, in the order it decodes it.
  ///
  /// The type is asked by running its `init(from:)` on a decoder that records what is read. An optional property is
  /// neither required nor refused as `null`. An enum with string or integer raw values gives them if it is
  /// `CaseIterable`. What ``SchemaDescribed`` says about a type is added.
  ///
  /// - Throws: ``SchemaFault`` if the type contains itself, does not show how it decodes (an enum with associated
  ///   values or without `CaseIterable`, a dictionary whose keys are not strings: conform it to ``SchemaProviding``),
  ///   refuses the sample values it is given, or is described wrongly: a property that does not exist, a bound that
  ///   does not fit the property's type, an example that the schema refuses.
  package init<T: Decodable>(of type: T.Type) throws(SchemaFault) {
    self = try SchemaProbe().schema(of: type)
  }

  /// The pointers of all properties without a summary, `*` standing for every item or member.
  package func undescribed() -> [String] {
    switch form {
    case .any, .null, .boolean, .integer, .number, .string, .values: []
    case .array(let items, _): items.undescribed().map { "/*" + $0 }
    case .map(let values, _): values.undescribed().map { "/*" + $0 }
    case .nullable(let schema): schema.undescribed()
    case .oneOf(let alternatives): alternatives.flatMap { $0.undescribed() }
    case .object(let properties):
      properties.flatMap { property in
        let pointer = JSONPointer.root.appending(property.name).description
        return (property.schema.summary == nil ? [pointer] : []) + property.schema.undescribed().map { pointer + $0 }
      }
    }
  }
}
