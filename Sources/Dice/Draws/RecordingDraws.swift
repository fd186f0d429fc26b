/// Passes draws on from another source and notes each, in order, for the journal.
///
/// It grows by one entry a draw; the limits of rolling bound it.
public struct RecordingDraws<Base: DrawSource>: DrawSource {
  public private(set) var base: Base
  public private(set) var draws: [Draw] = []

  public init(_ base: Base) {
    self.base = base
  }

  public mutating func draw(sides: UInt32) throws -> UInt32 {
    let face = try base.draw(sides: sides)
    draws.append(Draw(sides: sides, face: face))
    return face
  }
}

extension RecordingDraws: Sendable where Base: Sendable {}
