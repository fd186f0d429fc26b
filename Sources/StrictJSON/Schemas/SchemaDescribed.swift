/// A type that says about itself what its Swift declaration cannot: what it and its properties mean, and how far their
/// values may go.
package protocol SchemaDescribed: SchemaStating {
  static var schemaDescription: SchemaDescription { get }
}

extension SchemaDescribed {
  package static var schemaStatement: SchemaStatement { .described(schemaDescription) }
}

/// What a type and its properties mean.
///
/// ```swift
/// SchemaDescription("Rolls dice.", properties: [
///   "notation": .init("What to roll, in dice notation.", .length(1...200), .example("8d6[fire]")),
///   "purpose": .init("What the roll is for.", .length(0...200)),
/// ])
/// ```
package struct SchemaDescription: Sendable {
  package let summary: String
  package let title: String?
  package let properties: [(name: String, description: PropertyDescription)]
  /// A whole value of the type.
  package let example: JSON?

  /// - Parameter properties: by the names they have in JSON; each must exist.
  package init(
    _ summary: String, title: String? = nil, properties: KeyValuePairs<String, PropertyDescription> = [:],
    example: JSON? = nil
  ) {
    self.summary = summary
    self.title = title
    self.properties = properties.map { ($0.key, $0.value) }
    self.example = example
  }

  func property(_ name: String) -> PropertyDescription? { properties.first { $0.name == name }?.description }
}

/// What a property means, and which of the values its type has it takes.
package struct PropertyDescription: Sendable {
  package indirect enum Facet: Sendable {
    /// Of a string, in Unicode scalars.
    case length(ClosedRange<Int>)
    /// Of a string.
    case format(StringFormat)
    /// Of an integer.
    case integers(ClosedRange<Int64>)
    /// Of a number.
    case numbers(ClosedRange<Double>)
    /// Of an array's items or a map's members.
    case count(ClosedRange<Int>)
    /// Holds for each item of an array or each value of a map.
    case each(Facet)
    /// A value of the property.
    case example(JSON)
  }

  package let summary: String
  package let facets: [Facet]

  package init(_ summary: String, _ facets: Facet...) {
    self.summary = summary
    self.facets = facets
  }
}
