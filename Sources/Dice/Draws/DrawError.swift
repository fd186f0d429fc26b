/// Why a face could not be drawn.
public struct DrawError: Error, Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A tape has no more faces.
    case tapeEnded
    /// A face lies outside 1…sides.
    case faceOutOfRange
    /// The tape was recorded with a die of other sides.
    case sidesDiffer
    /// A die without sides was asked for.
    case noSides
    /// All 2^32 blocks of a counted stream are used up.
    case streamEnded
    /// A key is not 32 bytes long.
    case keyLength
  }

  public let kind: Kind
  public let message: String

  static func tapeEnded(after count: Int) -> DrawError {
    DrawError(kind: .tapeEnded, message: "the tape holds \(count) faces and the roll asks for more")
  }

  static func faceOutOfRange(_ face: UInt32, sides: UInt32, at index: Int) -> DrawError {
    DrawError(kind: .faceOutOfRange, message: "draw \(index) shows \(face); a d\(sides) shows 1…\(sides)")
  }

  static func sidesDiffer(recorded: UInt32, asked: UInt32, at index: Int) -> DrawError {
    DrawError(
      kind: .sidesDiffer, message: "draw \(index) was recorded from a d\(recorded), but the roll asks for a d\(asked)")
  }

  static let noSides = DrawError(kind: .noSides, message: "a die needs at least one side")

  static let streamEnded = DrawError(
    kind: .streamEnded, message: "the stream of this roll has no words left; it holds 2^32 blocks of 16")

  static func keyLength(_ count: Int) -> DrawError {
    DrawError(kind: .keyLength, message: "a key is 32 bytes long, not \(count)")
  }
}

extension DrawError: CustomStringConvertible {
  public var description: String { message }
}
