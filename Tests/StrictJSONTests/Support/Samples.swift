import StrictJSON

/// Types with everything that `Codable` synthesises.
enum Color: String, Codable, CaseIterable, Sendable { case red, green, blue }
enum Level: Int, Codable, CaseIterable, Sendable {
  case low = 1
  case high = 2
}

struct Point: Codable, Equatable, Sendable {
  var x: Double
  var y: Double
}

struct Sample: Codable, Equatable, Sendable {
  var flag = true
  var int = -1
  var int8: Int8 = .min
  var int64: Int64 = .max
  var uint8: UInt8 = .max
  var uint32: UInt32 = .max
  var double = 0.1
  var float: Float = 0.1
  var text = "é\"\n"
  var color = Color.green
  var level = Level.high
  var point = Point(x: 1, y: -2.5)
  var maybe: Int?
  var points = [Point(x: 0, y: 0)]
  var grid = [[1, 2], [], [3]]
  var sparse: [Int?] = [1, nil]
  var byName = ["b": 1, "a": 2]
  var colors: Set<Color> = [.red]
}

/// A class hierarchy, whose subclass encodes its superclass under `super`.
class Animal: Codable {
  var legs = 4
  init() {}
}

final class Dog: Animal {
  var name = "Rex"

  override init() { super.init() }

  private enum Key: String, CodingKey { case name }

  required init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    name = try container.decode(String.self, forKey: .name)
    try super.init(from: container.superDecoder())
  }

  override func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let parent = container.superEncoder()
    try container.encode(name, forKey: .name)
    try super.encode(to: parent)
  }
}

/// Containers nested by hand, written to in an order of their own.
struct Nested: Codable, Equatable {
  var first = 1
  var second = [2, 3]

  private enum Key: String, CodingKey { case inner, list }
  private enum InnerKey: String, CodingKey { case first }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    first = try container.nestedContainer(keyedBy: InnerKey.self, forKey: .inner).decode(Int.self, forKey: .first)
    var list = try container.nestedUnkeyedContainer(forKey: .list)
    second = []
    while !list.isAtEnd { second.append(try list.decode(Int.self)) }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    var inner = container.nestedContainer(keyedBy: InnerKey.self, forKey: .inner)
    var list = container.nestedUnkeyedContainer(forKey: .list)
    for item in second { try list.encode(item) }
    try inner.encode(first, forKey: .first)
  }
}
