extension JSONSchema {
  /// The schema as JSON Schema 2020-12 writes it, the dialect of OpenAPI 3.1 and of tool descriptions for models.
  /// Objects say `"additionalProperties": false`; nothing is referred to, everything is written in its place.
  package func document() -> JSON {
    var document = JSONObject()
    if let title { document["title"] = .string(title) }
    if let summary { document["description"] = .string(summary) }
    for (key, value) in formDocument where document[key] == nil { document[key] = value }
    if !examples.isEmpty { document["examples"] = .array(examples) }
    return .object(document)
  }

  private var formDocument: JSONObject {
    switch form {
    case .any: [:]
    case .null: ["type": "null"]
    case .boolean: ["type": "boolean"]
    case .integer(let range): bounded("integer", range, unless: .min ... .max) { .integer($0) }
    case .number(let range): bounded("number", range, unless: -.infinity ... .infinity) { .number($0) }
    case .string(let length, let format):
      JSONObject(type: "string").adding(length, "minLength", "maxLength")
        .adding("format", format.map { .string($0.name) })
    case .values(let values): Self.choice(values)
    case .array(let items, let count):
      JSONObject(type: "array").adding("items", items.document()).adding(count, "minItems", "maxItems")
    case .object(let properties): Self.object(properties)
    case .map(let values, let count):
      JSONObject(type: "object").adding("additionalProperties", values.document())
        .adding(count, "minProperties", "maxProperties")
    case .nullable(let schema): Self.nullable(schema)
    case .oneOf(let alternatives): ["oneOf": .array(alternatives.map { $0.document() })]
    }
  }

  private func bounded<Bound>(
    _ type: String, _ range: ClosedRange<Bound>, unless all: ClosedRange<Bound>, json: (Bound) -> JSON
  ) -> JSONObject {
    JSONObject(type: type)
      .adding("minimum", range.lowerBound == all.lowerBound ? nil : json(range.lowerBound))
      .adding("maximum", range.upperBound == all.upperBound ? nil : json(range.upperBound))
  }

  private static func choice(_ values: [JSON]) -> JSONObject {
    let types = Set(values.map(\.typeName))
    return JSONObject()
      .adding("type", types.count == 1 ? types.first.map { .string($0) } : nil)
      .adding(values.count == 1 ? "const" : "enum", values.count == 1 ? values[0] : .array(values))
  }

  private static func object(_ properties: [Property]) -> JSONObject {
    let required = properties.filter(\.isRequired).map { JSON.string($0.name) }
    let documents = JSONObject(distinct: properties.map { ($0.name, $0.schema.document()) })
    return JSONObject(type: "object")
      .adding("properties", .object(documents))
      .adding("required", required.isEmpty ? nil : .array(required))
      .adding("additionalProperties", false)
  }

  /// A plain type becomes a list of two types; anything else an alternative to null.
  private static func nullable(_ schema: JSONSchema) -> JSONObject {
    guard case .object(var document) = schema.document(), let type = document["type"], document["const"] == nil else {
      return ["anyOf": [schema.document(), ["type": "null"]]]
    }
    document["type"] = [type, "null"]
    if let values = document["enum"]?.items { document["enum"] = .array(values + [.null]) }
    return document
  }
}

extension JSONObject {
  fileprivate init(type: String) { self = ["type": .string(type)] }

  fileprivate func adding(_ key: String, _ value: JSON?) -> JSONObject {
    var copy = self
    copy[key] = value
    return copy
  }

  fileprivate func adding(_ range: ClosedRange<Int>, _ minimum: String, _ maximum: String) -> JSONObject {
    adding(minimum, range.lowerBound == 0 ? nil : .integer(Int64(range.lowerBound)))
      .adding(maximum, range.upperBound == .max ? nil : .integer(Int64(range.upperBound)))
  }
}
