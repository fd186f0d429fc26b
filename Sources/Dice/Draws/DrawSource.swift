/// Where faces come from: a counted stream, a tape of recorded faces, a table in a test.
///
/// Rolling asks for one face at a time, from left to right and die by die, so equal sources give equal rolls.
public protocol DrawSource {
  /// One face of a die.
  ///
  /// - Parameter sides: at least 1; rolling never asks for more than its limits allow.
  /// - Returns: a face in 1…`sides`. Rolling refuses any other.
  mutating func draw(sides: UInt32) throws -> UInt32
}
