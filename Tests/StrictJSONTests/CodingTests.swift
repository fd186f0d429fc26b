import Foundation
import StrictJSON
import Testing

@Suite struct CodingTests {
  enum Shape: Codable, Equatable {
    case circle(radius: Double)
    case square(side: Int, Color)
    case point
  }

  @Test func `a value of every kind survives the way out and back`() throws {
    let sample = Sample()
    let json = try JSON(encoding: sample)
    #expect(try json.decode(Sample.self) == sample)
    #expect(try JSON(parsing: json.canonicalBytes()).decode(Sample.self) == sample)
  }

  @Test func `Foundation reads what we write`() throws {
    let sample = Sample()
    #expect(try JSONDecoder().decode(Sample.self, from: Data(JSON(encoding: sample).canonicalBytes())) == sample)
  }

  @Test func `we read what Foundation writes`() throws {
    let sample = Sample()
    #expect(try JSON(parsing: JSONEncoder().encode(sample)).decode(Sample.self) == sample)
  }

  private func foundation(_ value: some Encodable) throws -> JSON { try JSON(parsing: JSONEncoder().encode(value)) }

  @Test func `the shape is the one Foundation gives`() throws {
    let shapes: [Shape] = [.circle(radius: 1.5), .square(side: 2, .red), .point]
    #expect(try JSON(encoding: shapes) == foundation(shapes))
    #expect(try JSON(encoding: shapes).decode([Shape].self) == shapes)
    #expect(try JSON(encoding: Dog()) == foundation(Dog()))
    #expect(try JSON(encoding: Nested()) == foundation(Nested()))
    #expect(try JSON(encoding: [1: "a", 2: "b"]) == foundation([1: "a", 2: "b"]))
    #expect(try JSON(encoding: [Int?.none, 1]) == foundation([Int?.none, 1]))
    #expect(try JSON(encoding: ["a": Point?.none]) == foundation(["a": Point?.none]))
    #expect(try JSON(encoding: 1...3) == foundation(1...3))
    #expect(try JSON(encoding: Date(timeIntervalSince1970: 0.5)) == foundation(Date(timeIntervalSince1970: 0.5)))
    struct Empty: Codable {}
    #expect(try JSON(encoding: Empty()) == foundation(Empty()))
    #expect(try JSON(encoding: [Empty]()) == foundation([Empty]()))
  }

  @Test(arguments: ["text", 7, -0.5, true, .null, [1, [2]], ["a": ["b": .null]]] as [JSON])
  func `JSON passes through any coder unchanged`(_ value: JSON) throws {
    #expect(try JSON(encoding: value) == value)
    #expect(try value.decode(JSON.self) == value)
    #expect(try JSON(encoding: ["x": value])["x"] == value)
    #expect(try foundation([value]) == [value])
    #expect(try JSONDecoder().decode([JSON].self, from: Data(([value] as JSON).canonicalBytes())) == [value])
  }

  @Test func `a subclass and nested containers read back`() throws {
    let dog = try (["name": "Ada", "super": ["legs": 3]] as JSON).decode(Dog.self)
    #expect(dog.name == "Ada" && dog.legs == 3)
    #expect(try (["inner": ["first": 5], "list": [6]] as JSON).decode(Nested.self).second == [6])
  }

  @Test func `members keep the order they are encoded in, and those of a dictionary are sorted`() throws {
    #expect(try JSON(encoding: Point(x: 1, y: 2)).members?.keys == ["x", "y"])
    let names = Dictionary(uniqueKeysWithValues: (0..<50).map { ("key\($0)", $0) })
    #expect(try JSON(encoding: ["outer": names])["outer"]?.members?.keys == names.keys.sorted())
  }

  @Test func `what has no order gets one, so that equal values have equal bytes`() throws {
    let numbers = Set(0..<100)
    #expect(try JSON(encoding: ["set": numbers])["set"]?.items?.count == 100)
    let roomy = numbers.union(0..<5_000).subtracting(100..<5_000)  // Its capacity gives it another order.
    #expect(try JSON(encoding: numbers) == JSON(encoding: roomy))
    let pairs = (0..<50).map { (key: [$0], value: $0) }
    let byList = Dictionary(uniqueKeysWithValues: pairs.shuffled())
    let roomyByList = byList.merging((50..<5_000).map { ([$0], $0) }) { $1 }.filter { $0.value < 50 }
    #expect(try JSON(encoding: byList) == JSON(encoding: roomyByList))
    #expect(try JSON(encoding: byList).decode([[Int]: Int].self) == byList)
  }

  private func error<T: Encodable>(encoding value: T) -> FieldError? {
    #expect(throws: JSONFault.self) { try JSON(encoding: value) }?.errors.first
  }

  @Test func `what JSON cannot hold is a fault at its place`() {
    #expect(error(encoding: [1, Double.nan])?.pointer == "/1")
    #expect(error(encoding: [Point(x: 0, y: .infinity)])?.pointer == "/0/y")
    #expect(error(encoding: [Point(x: 0, y: .infinity)])?.code == "not_finite")
    #expect(error(encoding: Float.infinity)?.code == "not_finite")
    #expect(error(encoding: ["a": UInt64.max])?.code == "integer_out_of_range")
    #expect(error(encoding: ["a": UInt64.max])?.pointer == "/a")
    #expect(error(encoding: ["a\u{0}b"])?.code == "nul_character")
    #expect(error(encoding: ["k\u{0}": 1])?.code == "nul_character")
  }

  @Test func `what a type itself throws is a fault too`() {
    struct Refusing: Encodable {
      func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(self, .init(codingPath: encoder.codingPath, debugDescription: "not today"))
      }
    }
    #expect(error(encoding: ["a": Refusing()]) == FieldError(pointer: "/a", code: "invalid", message: "not today"))
  }

  @Test func `a value that is too deep is refused, not followed`() {
    final class Chain: Encodable {
      let next: Chain?
      init(length: Int) { next = length > 1 ? Chain(length: length - 1) : nil }
    }
    #expect(error(encoding: Chain(length: 2_000))?.code == "too_deep")
  }
}
