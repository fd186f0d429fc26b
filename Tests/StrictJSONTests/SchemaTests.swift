import StrictJSON
import Testing

/// An input as an operation has it.
struct RollInput: Codable, SchemaDescribed {
  var notation: String
  var purpose: String?
  var variables: [String: Int]?
  var color: Color

  static let schemaDescription = SchemaDescription(
    "Rolls dice.", title: "Roll",
    properties: [
      "notation": .init("What to roll.", .length(1...200), .example("8d6")),
      "purpose": .init("What the roll is for.", .length(0...20)),
      "variables": .init("Values for names in formulas.", .count(0...8), .each(.integers(-99...99))),
      "color": .init("The color of the dice."),
    ])
}

@Suite struct SchemaTests {
  @Test func `a described type has the document that a model needs`() throws {
    let document = try JSONSchema(of: RollInput.self).document()
    #expect(
      document == [
        "title": "Roll", "description": "Rolls dice.", "type": "object",
        "properties": [
          "notation": [
            "description": "What to roll.", "type": "string", "minLength": 1, "maxLength": 200, "examples": ["8d6"],
          ],
          "purpose": ["description": "What the roll is for.", "type": ["string", "null"], "maxLength": 20],
          "variables": [
            "description": "Values for names in formulas.", "type": ["object", "null"],
            "additionalProperties": ["type": "integer", "minimum": -99, "maximum": 99], "maxProperties": 8,
          ],
          "color": ["description": "The color of the dice.", "type": "string", "enum": ["red", "green", "blue"]],
        ],
        "required": ["notation", "color"], "additionalProperties": false,
      ])
    #expect(document["properties"]?.members?.keys == ["notation", "purpose", "variables", "color"])
  }

  @Test func `every kind of property is found in the order of its declaration`() throws {
    let schema = try JSONSchema(of: Sample.self)
    guard case .object(let properties) = schema.form else { throw JSONFault(.init(at: .root, code: "", message: "")) }
    let point = JSONSchema.object([.init("x", .number()), .init("y", .number())])
    #expect(
      properties == [
        .init("flag", .boolean), .init("int", .integer()), .init("int8", .integer(-128...127)),
        .init("int64", .integer()),
        .init("uint8", .integer(0...255)), .init("uint32", .integer(0...4_294_967_295)), .init("double", .number()),
        .init("float", Float.jsonSchema), .init("text", .string()), .init("color", .values(["red", "green", "blue"])),
        .init("level", .values([1, 2])), .init("point", point), .init("maybe", .integer().orNull, isRequired: false),
        .init("points", .array(of: point)), .init("grid", .array(of: .array(of: .integer()))),
        .init("sparse", .array(of: .integer().orNull)), .init("byName", .map(of: .integer())),
        .init("colors", .array(of: .values(["red", "green", "blue"]))),
      ])
  }

  @Test func `what a type encodes is what its schema allows`() throws {
    #expect(try JSONSchema(of: Sample.self).validate(JSON(encoding: Sample())) == [])
    #expect(try JSONSchema(of: Nested.self).validate(JSON(encoding: Nested())) == [])
    #expect(try JSONSchema(of: Dog.self).validate(JSON(encoding: Dog())) == [])
  }

  @Test func `containers nested by hand are seen through`() throws {
    #expect(
      try JSONSchema(of: Nested.self)
        == .object([
          .init("inner", .object([.init("first", .integer())])), .init("list", .array(of: .integer())),
        ]))
  }

  struct Identifier: Codable, SchemaProviding {
    static let jsonSchema = JSONSchema.string(format: .uuid)
    let text: String
    init(from decoder: any Decoder) throws {
      text = try decoder.singleValueContainer().decode(String.self)
      guard text.utf8.count == 36 else { throw FieldError(at: .root, code: "invalid", message: "no id") }
    }
  }

  @Test func `a type may give its own schema, and the probe goes on behind it`() throws {
    struct Holder: Decodable { var id: Identifier, extra: JSON, name: String }
    #expect(
      try JSONSchema(of: Holder.self)
        == .object([
          .init("id", .string(format: .uuid)), .init("extra", .any), .init("name", .string()),
        ]))
  }

  @Test func `a default in init(from:) makes a property optional`() throws {
    struct Defaulted: Decodable {
      enum Key: String, CodingKey { case count }
      var count: Int
      init(from decoder: any Decoder) throws {
        count = try decoder.container(keyedBy: Key.self).decodeIfPresent(Int.self, forKey: .count) ?? 7
      }
    }
    #expect(try JSONSchema(of: Defaulted.self) == .object([.init("count", .integer().orNull, isRequired: false)]))
  }

  @Test func `a type that checks its properties is probed with its examples and bounds`() throws {
    struct Checked: Decodable, SchemaDescribed {
      static let schemaDescription = SchemaDescription(
        "Checked.", properties: ["sides": .init("Sides.", .integers(2...100)), "name": .init("Name.", .example("Ada"))])
      enum Key: String, CodingKey { case sides, name, last }
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let isRight =
          try container.decode(Int.self, forKey: .sides) > 1 && container.decode(String.self, forKey: .name) != ""
        guard isRight else { throw FieldError(at: .root, code: "", message: "refused") }
        _ = try container.decode(Bool.self, forKey: .last)
      }
    }
    let document = try JSONSchema(of: Checked.self).document()
    #expect(document["properties"]?.members?.keys == ["sides", "name", "last"])
    #expect(document["required"] == ["sides", "name", "last"])
  }

  @Test func `properties without a summary are listed`() throws {
    struct Outer: Decodable, SchemaDescribed {
      static let schemaDescription = SchemaDescription("Outer.", properties: ["points": .init("Points.")])
      var points: [Point]
      var maybe: RollInput?
      var a: [String: Point]
    }
    #expect(try JSONSchema(of: RollInput.self).undescribed() == [])
    #expect(
      try JSONSchema(of: Outer.self).undescribed()
        == ["/points/*/x", "/points/*/y", "/a", "/a/*/x", "/a/*/y"])
  }

  @Test(
    arguments: [
      (.any, [:]), (.null, ["type": "null"]), (.boolean, ["type": "boolean"]),
      (.integer(1 ... .max), ["type": "integer", "minimum": 1]),
      (.number(0...0.5), ["type": "number", "minimum": 0, "maximum": 0.5]),
      (.string(format: .dateTime), ["type": "string", "format": "date-time"]),
      (.values(["dice"]), ["type": "string", "const": "dice"]), (.values([1, "a"]), ["enum": [1, "a"]]),
      (.values(["a", "b"]).orNull, ["type": ["string", "null"], "enum": ["a", "b", .null]]),
      (.values(["a"]).orNull, ["anyOf": [["type": "string", "const": "a"], ["type": "null"]]]),
      (.any.orNull, [:]),
      (.array(of: .any, count: 1...2), ["type": "array", "items": [:], "minItems": 1, "maxItems": 2]),
      (.oneOf([.null, .boolean]), ["oneOf": [["type": "null"], ["type": "boolean"]]]),
      (.object([]), ["type": "object", "properties": [:], "additionalProperties": false]),
      (.boolean.described("Yes?", examples: [true]), ["description": "Yes?", "type": "boolean", "examples": [true]]),
    ] as [(JSONSchema, JSON)])
  func `each form has its document`(_ schema: JSONSchema, _ document: JSON) {
    #expect(schema.document() == document)
  }
}

@Suite struct SchemaFaultTests {
  private func message<T: Decodable>(_ type: T.Type) -> String? {
    #expect(throws: SchemaFault.self) { try JSONSchema(of: type) }?.description
  }

  @Test func `a type that contains itself is named`() throws {
    struct Tree: Decodable { var children: [Tree] }
    let text = try #require(message(Tree.self))
    #expect(text.contains("Tree") && text.contains("contains itself"))
  }

  @Test func `types that nest without end are refused`() throws {
    struct Wrap<T: Decodable>: Decodable { var inner: T }
    func grow<T: Decodable>(_ type: T.Type, _ levels: Int) -> String? {
      levels == 0 ? message(type) : grow(Wrap<T>.self, levels - 1)
    }
    #expect(try #require(grow(Int.self, 40)).contains("nest deeper"))
  }

  enum Shape: Codable {
    case circle(Double)
    case point
  }
  enum Unlisted: String, Codable { case one, two }

  @Test func `an enum that cannot be listed is told what to do`() throws {
    #expect(try #require(message(Shape.self)).contains("SchemaProviding"))
    #expect(try #require(message(Unlisted.self)).contains("CaseIterable"))
    #expect(try #require(message([Int: String].self)).contains("SchemaProviding"))
  }

  private func described(_ properties: KeyValuePairs<String, PropertyDescription>) -> String? {
    Described.$description.withValue(SchemaDescription("", properties: properties)) { message(Described.self) }
  }

  struct WrongExample: Decodable, SchemaDescribed {
    static let schemaDescription = SchemaDescription("", example: ["x": "1"])
    var x: Int
  }

  struct Described: Decodable, SchemaDescribed {
    @TaskLocal static var description = SchemaDescription("")
    static var schemaDescription: SchemaDescription { description }
    var name: String
    var count: UInt8
  }

  @Test func `a wrong description is refused`() throws {
    #expect(try #require(described(["nmae": .init("Name.")])).contains("nmae"))
    #expect(try #require(described(["count": .init("", .length(0...1))])).contains("does not fit"))
    #expect(try #require(described(["count": .init("", .integers(0...256))])).contains("within"))
    #expect(try #require(described(["name": .init("", .length(2...3), .example("x"))])).contains("example"))
    #expect(try #require(message(WrongExample.self)).contains("/x"))
    #expect(try #require(described(["name": .init("", .each(.length(0...1)))])).contains("does not fit"))
  }
}
