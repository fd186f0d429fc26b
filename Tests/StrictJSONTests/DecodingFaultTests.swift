import StrictJSON
import Testing

@Suite struct DecodingFaultTests {
  private func error<T: Decodable>(_ value: JSON, as type: T.Type, at pointer: JSONPointer = .root) -> FieldError? {
    #expect(throws: JSONFault.self) { try value.decode(type, at: pointer) }?.errors.first
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let value: JSON
    let code: String
    let pointer: String
    let decode: @Sendable (JSON) throws -> Void

    init<T: Decodable & Sendable>(_ value: JSON, _ type: T.Type, _ code: String, _ pointer: String = "") {
      self.value = value
      self.code = code
      self.pointer = pointer
      decode = { _ = try $0.decode(T.self) }
    }

    var testDescription: String { "\(value) \(code)" }
  }

  @Test(
    arguments: [
      Wrong(.number(3), Int.self, "wrong_type"), Wrong("3", Int.self, "wrong_type"),
      Wrong(true, Int.self, "wrong_type"),
      Wrong(.null, Int.self, "wrong_type"), Wrong(0, Bool.self, "wrong_type"), Wrong("true", Bool.self, "wrong_type"),
      Wrong(3, String.self, "wrong_type"), Wrong("1.5", Double.self, "wrong_type"),
      Wrong(true, Double.self, "wrong_type"),
      Wrong(256, UInt8.self, "too_large"), Wrong(-1, UInt64.self, "too_small"), Wrong(-129, Int8.self, "too_small"),
      Wrong(1e300, Float.self, "too_large"), Wrong(-1e300, Float.self, "too_small"),
      Wrong([1, .number(2)], [Int].self, "wrong_type", "/1"), Wrong([:], [Int].self, "wrong_type"),
      Wrong([], Point.self, "wrong_type"), Wrong(["x": 1], Point.self, "missing", "/y"),
      Wrong([["x": 1, "y": .null]], [Point].self, "wrong_type", "/0/y"),
      Wrong(["a/b": ["x": 1, "y": "2"]], [String: Point].self, "wrong_type", "/a~1b/y"),
      Wrong("purple", Color.self, "not_allowed"), Wrong(["a": 3], [String: Level].self, "not_allowed", "/a"),
      Wrong([1, "x"], [Int?].self, "wrong_type", "/1"),
      Wrong([3, 1], ClosedRange<Int>.self, "invalid"), Wrong([1], Range<Int>.self, "missing", "/1"),
    ] as [Wrong])
  func `a wrong value is a fault at its place`(_ wrong: Wrong) {
    let error = #expect(throws: JSONFault.self) { try wrong.decode(wrong.value) }?.errors.first
    #expect(error?.code == wrong.code)
    #expect(error?.pointer == wrong.pointer)
  }

  @Test func `the message names what was found and what is wanted`() {
    #expect(
      error([.number(3.5)], as: [Int].self)?.message
        == "Found 3.5 (number) where an integer, without point and exponent is wanted.")
    #expect(error(300, as: UInt8.self)?.message == "Found 300; allowed are integers from 0 to 255.")
  }

  @Test func `an unknown case of an enum lists those there are`() {
    let error = error(["c": "purple"], as: [String: Color].self)
    #expect(error?.allowed == ["red", "green", "blue"])
    #expect(error?.message == #"Found "purple"; allowed are "red", "green", "blue"."#)
  }

  @Test func `pointers start where the value stands`() {
    let place = JSONPointer.root.appending("operations").appending(0)
    #expect(error(["x": 1], as: Point.self, at: place)?.pointer == "/operations/0/y")
  }

  @Test func `an integer is a double, and null or nothing is no optional value`() throws {
    struct Maybe: Decodable { var number: Double? }
    #expect(try (3 as JSON).decode(Double.self) == 3)
    #expect(try (["number": .null] as JSON).decode(Maybe.self).number == nil)
    #expect(try ([:] as JSON).decode(Maybe.self).number == nil)
    #expect(try (["number": 9_007_199_254_740_993] as JSON).decode(Maybe.self).number == 0x1p53)
  }

  @Test func `what a type itself throws is a fault at its place`() {
    struct Even: Decodable {
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard try container.decode(Int.self).isMultiple(of: 2) else {
          throw DecodingError.dataCorruptedError(in: container, debugDescription: "odd")
        }
      }
    }
    #expect(
      error(["a": [2, 3]], as: [String: [Even]].self) == FieldError(pointer: "/a/1", code: "invalid", message: "odd"))
    struct Odd: Decodable {
      init(from decoder: any Decoder) throws { throw FieldError(at: .root, code: "odd", message: "Odd.") }
    }
    #expect(error([1], as: [Odd].self) == FieldError(pointer: "/0", code: "odd", message: "Odd."))
    struct Oops: Error {}
    struct Failing: Decodable { init(from decoder: any Decoder) throws { throw Oops() } }
    #expect(error([1], as: [Failing].self) == FieldError(pointer: "/0", code: "invalid", message: "Oops()"))
  }

  @Test func `a long value is quoted in short`() throws {
    let long = JSON.array(Array(repeating: "word", count: 100_000))
    let message = try #require(error(long, as: Int.self)?.message)
    #expect(message.contains("…"))
    #expect(message.count < 160)
  }
}
