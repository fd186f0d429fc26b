/// Faces known beforehand, for replaying a recorded roll and for tests.
public struct TapeDraws: DrawSource, Sendable {
  private let entries: [Entry]
  private var index = 0

  private struct Entry {
    let face: UInt32
    /// The die it was recorded from, where that is known.
    let sides: UInt32?
  }

  /// Faces for whatever dice are asked for.
  public init(faces: some Sequence<UInt32>) {
    entries = faces.map { Entry(face: $0, sides: nil) }
  }

  /// Faces for exactly the dice they were recorded from.
  public init(replaying draws: some Sequence<Draw>) {
    entries = draws.map { Entry(face: $0.face, sides: $0.sides) }
  }

  /// How many faces are left. A replay that ends with some left did not roll what was recorded.
  public var remaining: Int {
    entries.count - index
  }

  /// - Throws: ``DrawError`` when the tape has ended, was recorded from another die, or holds a face the die lacks.
  public mutating func draw(sides: UInt32) throws(DrawError) -> UInt32 {
    guard index < entries.count else { throw .tapeEnded(after: entries.count) }
    let entry = entries[index]
    if let recorded = entry.sides, recorded != sides {
      throw .sidesDiffer(recorded: recorded, asked: sides, at: index)
    }
    guard entry.face >= 1, entry.face <= sides else {
      throw .faceOutOfRange(entry.face, sides: sides, at: index)
    }
    index += 1
    return entry.face
  }
}
