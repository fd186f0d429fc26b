extension JSONSchema {
  /// How many errors are reported at most.
  package static let errorsMax = 100

  /// Everything that is wrong with a value, in the order of the document; missing members come after those there are.
  /// Empty if the value is allowed. At most ``errorsMax`` errors are found.
  ///
  /// The codes: `missing`, `unknown_field`, `wrong_type`, `too_small`, `too_large` (numbers), `too_short`, `too_long`
  /// (strings), `too_few`, `too_many` (items and members), `wrong_format`, `not_allowed`, `ambiguous`.
  package func validate(_ value: JSON) -> [FieldError] {
    var validator = SchemaValidator()
    validator.check(value, self)
    return validator.errors
  }

  /// What the schema wants, for messages.
  var wanted: String {
    switch form {
    case .any: "any value"
    case .null: "null"
    case .boolean: "true or false"
    case .integer: "an integer, without point and exponent"
    case .number: "a number"
    case .string: "a string"
    case .values(let values): values.count == 1 ? values[0].excerpt : "one of the allowed values"
    case .array: "an array"
    case .object, .map: "an object"
    case .nullable(let schema): "\(schema.wanted) or null"
    case .oneOf(let alternatives): alternatives.map(\.wanted).distinct.joined(separator: " or ")
    }
  }

  /// The names of the JSON types the schema wants.
  var typeNames: [String] {
    switch form {
    case .any: ["null", "boolean", "integer", "number", "string", "array", "object"]
    case .null: ["null"]
    case .boolean: ["boolean"]
    case .integer: ["integer"]
    case .number: ["number"]
    case .string: ["string"]
    case .values(let values): values.map(\.typeName).distinct
    case .array: ["array"]
    case .object, .map: ["object"]
    case .nullable(let schema): schema.typeNames + ["null"]
    case .oneOf(let alternatives): alternatives.flatMap(\.typeNames).distinct
    }
  }

  /// Whether the value is of a type the schema wants; it may still be refused for its content.
  func fitsType(of value: JSON) -> Bool {
    typeNames.contains(value.typeName) || value.typeName == "integer" && typeNames.contains("number")
  }
}

extension [String] {
  /// Each text once, in the order of its first place.
  fileprivate var distinct: [String] {
    reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
