/// One face drawn: what a journal keeps of a roll, and all that is needed to roll it again.
public struct Draw: Sendable, Hashable {
  public let sides: UInt32
  /// 1…`sides`
  public let face: UInt32

  public init(sides: UInt32, face: UInt32) {
    self.sides = sides
    self.face = face
  }
}

extension Draw: Codable {
  /// A pair `[sides, face]`: a journal holds thousands of them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(sides)
    try container.encode(face)
  }

  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    sides = try container.decode(UInt32.self)
    face = try container.decode(UInt32.self)
    guard container.isAtEnd, face >= 1, face <= sides else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a draw is [sides, face] with a face from 1 to \(sides)")
    }
  }
}
