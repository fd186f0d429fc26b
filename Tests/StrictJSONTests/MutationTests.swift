import StrictJSON
import Testing

/// Whatever one change does to a valid document, the document is still valid or the error names the place.
@Suite struct MutationTests {
  private let schema = JSONSchema.object([
    .init("name", .string(length: 1...12)),
    .init("level", .integer(1...20)),
    .init("ratio", .number(0...1), isRequired: false),
    .init("tags", .array(of: .values(["fire", "ice"]), count: 0...3)),
    .init("stats", .map(of: .integer(0...30))),
    .init("home", .object([.init("x", .number()), .init("open", .boolean)]).orNull),
  ])

  private let valid: JSON = [
    "name": "Ada", "level": 7, "ratio": 0.5, "tags": ["fire", "ice"], "stats": ["strength": 10, "wit": 18],
    "home": ["x": 1.5, "open": true],
  ]

  private var places: [JSONPointer] {
    get throws {
      try [
        "", "/name", "/level", "/ratio", "/tags", "/tags/0", "/tags/1", "/stats", "/stats/wit", "/home", "/home/x",
        "/home/open",
      ].map { try #require(JSONPointer($0)) }
    }
  }

  @Test func `the document is valid to begin with`() { #expect(schema.validate(valid) == []) }

  @Test(arguments: 0..<20 as Range<UInt64>) func `a changed value is allowed or named`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for place in try places {
      let value = JSON.random(depth: 2, using: &generator)
      let errors = schema.validate(valid.replacing(place.tokens[...], by: value))
      #expect(errors.allSatisfy { $0.pointer.hasPrefix(place.description) }, "\(place) by \(value): \(errors)")
    }
  }

  @Test func `a removed member is allowed or named`() throws {
    for place in try places.dropFirst() where place.tokens.last != "0" && place.tokens.last != "1" {
      let errors = schema.validate(valid.replacing(place.tokens[...], by: nil))
      let isOptional = ["/ratio", "/stats/wit"].contains(place.description)
      #expect(errors.map { "\($0.pointer) \($0.code)" } == (isOptional ? [] : ["\(place) missing"]))
    }
  }

  @Test func `an added member is named`() throws {
    for place in [JSONPointer.root, try #require(JSONPointer("/home"))] {
      let added = place.appending("~new/")
      let errors = schema.validate(valid.replacing(added.tokens[...], by: 1))
      #expect(errors.map { "\($0.pointer) \($0.code)" } == ["\(added) unknown_field"])
    }
  }
}

extension JSON {
  /// The value with another in one place, or with none.
  fileprivate func replacing(_ tokens: ArraySlice<String>, by new: JSON?) -> JSON {
    guard let token = tokens.first else { return new ?? .null }
    let rest = tokens.dropFirst()
    switch self {
    case .object(var members):
      members[token] = rest.isEmpty ? new : members[token]?.replacing(rest, by: new)
      return .object(members)
    case .array(var items):
      if let index = Int(token), items.indices.contains(index) { items[index] = items[index].replacing(rest, by: new) }
      return .array(items)
    default: return self
    }
  }
}
