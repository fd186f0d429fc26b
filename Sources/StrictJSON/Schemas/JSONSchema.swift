/// Which JSON values an input or output may have, and what they mean.
///
/// A schema is made from a Swift type (``init(of:)``) or put together from the verbs below. It never refers to itself,
/// so checking a value against it always ends.
package struct JSONSchema: Sendable, Hashable {
  package indirect enum Form: Sendable, Hashable {
    /// Any JSON.
    case any
    case null
    case boolean
    /// A number written as an integer.
    case integer(ClosedRange<Int64>)
    /// A number, however written; infinite bounds are none.
    case number(ClosedRange<Double>)
    /// A string whose length in Unicode scalars lies within bounds.
    case string(length: ClosedRange<Int>, format: StringFormat?)
    /// One of these scalars.
    case values([JSON])
    case array(items: JSONSchema, count: ClosedRange<Int>)
    /// An object with these members and no others.
    case object([Property])
    /// An object with members of any name.
    case map(values: JSONSchema, count: ClosedRange<Int>)
    case nullable(JSONSchema)
    /// Exactly one of several schemas.
    case oneOf([JSONSchema])
  }

  /// A member of an object.
  package struct Property: Sendable, Hashable {
    package let name: String
    package let isRequired: Bool
    package var schema: JSONSchema

    package init(_ name: String, _ schema: JSONSchema, isRequired: Bool = true) {
      self.name = name
      self.isRequired = isRequired
      self.schema = schema
    }
  }

  package let form: Form
  package private(set) var title: String?
  /// What the value means, for people and models.
  package private(set) var summary: String?
  package private(set) var examples: [JSON] = []

  init(_ form: Form) { self.form = form }

  package static let any = JSONSchema(.any)
  package static let null = JSONSchema(.null)
  package static let boolean = JSONSchema(.boolean)

  package static func integer(_ range: ClosedRange<Int64> = .min ... .max) -> JSONSchema { JSONSchema(.integer(range)) }

  package static func number(_ range: ClosedRange<Double> = -.infinity ... .infinity) -> JSONSchema {
    JSONSchema(.number(range))
  }

  /// - Parameter length: in Unicode scalars.
  package static func string(length: ClosedRange<Int> = 0 ... .max, format: StringFormat? = nil) -> JSONSchema {
    JSONSchema(.string(length: length, format: format))
  }

  /// - Parameter values: at least one scalar.
  package static func values(_ values: [JSON]) -> JSONSchema {
    precondition(!values.isEmpty, "a choice of no values allows nothing")
    return JSONSchema(.values(values))
  }

  package static func array(of items: JSONSchema, count: ClosedRange<Int> = 0 ... .max) -> JSONSchema {
    JSONSchema(.array(items: items, count: count))
  }

  /// - Parameter properties: members with distinct names.
  package static func object(_ properties: [Property]) -> JSONSchema {
    precondition(Set(properties.map(\.name)).count == properties.count, "a property is given twice")
    return JSONSchema(.object(properties))
  }

  package static func map(of values: JSONSchema, count: ClosedRange<Int> = 0 ... .max) -> JSONSchema {
    JSONSchema(.map(values: values, count: count))
  }

  /// - Parameter alternatives: at least one schema.
  package static func oneOf(_ alternatives: [JSONSchema]) -> JSONSchema {
    precondition(!alternatives.isEmpty, "a choice of no schemas allows nothing")
    return JSONSchema(.oneOf(alternatives))
  }

  /// The same schema, with `null` allowed too.
  package var orNull: JSONSchema {
    switch form {
    case .any, .null, .nullable: self
    default: copyingNotes(to: .nullable(JSONSchema(form)))
    }
  }

  /// The same schema with what it means, a title, and examples; what is not given stays.
  package func described(_ summary: String? = nil, title: String? = nil, examples: [JSON] = []) -> JSONSchema {
    var copy = self
    copy.summary = summary ?? self.summary
    copy.title = title ?? self.title
    copy.examples = examples.isEmpty ? self.examples : examples
    return copy
  }

  func copyingNotes(to form: Form) -> JSONSchema {
    JSONSchema(form).described(summary, title: title, examples: examples)
  }
}
