import StrictJSON
import Testing

@Suite struct ValidationTests {
  private let node = JSONSchema.oneOf([
    .object([.init("kind", .values(["dice"])), .init("sides", .integer(2...100))]),
    .object([.init("kind", .values(["number"])), .init("value", .number())]),
  ])

  @Test func `all errors come at once, in the order of the document`() throws {
    let value: JSON = ["notation": "", "colour": "red", "purpose": 7, "variables": ["a": 100, "b": "x", "c": 1]]
    let errors = try JSONSchema(of: RollInput.self).validate(value)
    #expect(
      errors.map { "\($0.pointer) \($0.code)" } == [
        "/notation too_short", "/colour unknown_field", "/purpose wrong_type", "/variables/a too_large",
        "/variables/b wrong_type", "/color missing",
      ])
    #expect(errors[1].message == #"There is no member "colour" here; did you mean "color"?"#)
    #expect(errors[1].allowed == ["notation", "purpose", "variables", "color"])
    #expect(errors[2].message == "Found 7 (integer) where a string or null is wanted.")
    #expect(errors[3].message == "Found 100; allowed is -99 to 99.")
  }

  @Test(
    arguments: [
      (.null, 0, "wrong_type"), (.boolean, 1, "wrong_type"), (.integer(), .number(3), "wrong_type"),
      (.integer(), "3", "wrong_type"), (.integer(1...6), 0, "too_small"), (.integer(1...6), 7, "too_large"),
      (.number(0...1), 1.5, "too_large"), (.number(0...1), -1, "too_small"), (.number(), "1", "wrong_type"),
      (.string(length: 2...3), "é", "too_short"), (.string(length: 0...3), "e\u{301}ab\u{301}", "too_long"),
      (.string(format: .uuid), "01890A5D-AC96-774B-BCCE-B302099A8057", "wrong_format"),
      (.string(format: .uuid), "01890a5dac96774bbcceb302099a8057", "wrong_format"),
      (.string(format: .dateTime), "2026-02-29T00:00:00Z", "wrong_format"),
      (.string(format: .dateTime), "2026-01-01T24:00:00Z", "wrong_format"),
      (.string(format: .dateTime), "2026-01-01T00:00:00+00:00", "wrong_format"),
      (.string(format: .dateTime), "2026-01-01T00:00:00.Z", "wrong_format"),
      (.string(format: .dateTime), "", "wrong_format"),
      (.values(["a", "b"]), "c", "not_allowed"), (.values(["a", "b"]), 1, "wrong_type"),
      (.values([1, 2]), .number(1), "wrong_type"),
      (.array(of: .any, count: 1...2), [], "too_few"), (.array(of: .any, count: 1...2), [1, 2, 3], "too_many"),
      (.array(of: .any), [:], "wrong_type"), (.map(of: .any, count: 0...1), ["a": 1, "b": 2], "too_many"),
      (.object([]), [], "wrong_type"), (.integer().orNull, "x", "wrong_type"),
      (.oneOf([.integer(), .string()]), true, "wrong_type"), (.oneOf([.number(), .integer()]), 1, "ambiguous"),
    ] as [(JSONSchema, JSON, String)])
  func `a value that does not fit has one error with its own code`(_ schema: JSONSchema, _ value: JSON, _ code: String)
  {
    #expect(schema.validate(value).map(\.code) == [code])
  }

  @Test(
    arguments: [
      (.any, [1, ["a": .null]]), (.number(), 3), (.integer().orNull, .null), (.string(length: 1...1), "😀"),
      (.string(format: .uuid), "01890a5d-ac96-774b-bcce-b302099a8057"), (.values([1, 2]), 2),
      (.string(format: .dateTime), "2024-02-29T23:59:59.123456Z"), (.string(format: .dateTime), "2026-01-31T00:00:00Z"),
      (.map(of: .boolean), ["a": true, "": false]), (.oneOf([.integer(), .string()]), "x"),
      (.object([.init("a", .integer(), isRequired: false)]), [:]),
    ] as [(JSONSchema, JSON)])
  func `a value that fits has no errors`(_ schema: JSONSchema, _ value: JSON) {
    #expect(schema.validate(value) == [])
  }

  @Test func `of several alternatives the one that was meant is reported on`() {
    #expect(node.validate(["kind": "dice", "sides": 6]) == [])
    #expect(node.validate(["kind": "dice", "sides": 1]).map(\.pointer) == ["/sides"])
    #expect(node.validate(["kind": "number", "sides": 6]).map(\.code) == ["unknown_field", "missing"])
    let unknown = node.validate(["kind": "formula", "sides": 6])
    #expect(unknown.map(\.pointer) == ["/kind"])
    #expect(unknown.first?.allowed == ["dice", "number"])
    #expect(node.validate(7).first?.allowed == ["object"])
  }

  @Test(arguments: [
    ("colour", "color"), ("Color", "color"), ("notatoin", "notation"), ("maxLevel", "max_level"),
    ("max-level", "max_level"),
    ("zebra", nil), ("x", nil), ("", nil),
  ]) func `a name that was probably meant is suggested`(_ written: String, _ meant: String?) throws {
    let schema = JSONSchema.object(
      ["color", "notation", "max_level"].map { .init($0, .any, isRequired: false) })
    let message = try #require(schema.validate(.object([written: 1])).first?.message)
    #expect(message.contains("did you mean") == (meant != nil))
    if let meant { #expect(message.contains("\"\(meant)\"?")) }
  }

  @Test func `a hundred errors are enough`() {
    let errors = JSONSchema.array(of: .integer()).validate(.array(Array(repeating: "x", count: 100_000)))
    #expect(errors.count == JSONSchema.errorsMax)
    let unknown = JSONObject(distinct: (0..<5_000).map { ("k\($0)", .null) })
    #expect(JSONSchema.object([.init("a", .any)]).validate(.object(unknown)).count == JSONSchema.errorsMax)
  }

  @Test func `found values are quoted in short`() throws {
    let long = JSON.string(String(repeating: "a", count: 10_000) + "\u{301}")
    let error = try #require(JSONSchema.integer().validate(long).first)
    #expect(error.message.unicodeScalars.count < 160)
    #expect(error.message.contains("…"))
  }
}
