/// Why odds could not be computed exactly.
///
/// `message` is one sentence for people: what was wrong, with which value, and what is allowed.
public struct OddsError: Error, Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// More totals, work or digits than the limits allow; ``OddsError/estimate`` and ``OddsError/limit`` say how many.
    case tooLarge
    /// A total left the range of `Int64`.
    case overflow
    /// Every outcome was rerolled or cut off, or none was given.
    case nothingLeft
    /// A number of sides or of dice that does not exist.
    case range
  }

  public let kind: Kind
  public let message: String
  /// For kind `tooLarge`, what it would have taken, in the unit that `message` names; what `Int` cannot hold is its
  /// greatest value.
  public let estimate: Int?
  /// For kind `tooLarge`, what is allowed, in the same unit.
  public let limit: Int?

  private init(_ kind: Kind, _ message: String, estimate: Int? = nil, limit: Int? = nil) {
    self.kind = kind
    self.message = message
    self.estimate = estimate
    self.limit = limit
  }

  /// - Parameter unit: what is counted, in the plural.
  static func tooLarge(_ unit: String, estimate: Double, limit: Int) -> OddsError {
    let counted = Int(exactly: estimate.rounded(.up)) ?? .max
    return OddsError(
      .tooLarge, "the exact odds would take about \(counted) \(unit); at most \(limit) are allowed",
      estimate: counted, limit: limit)
  }

  static func overflow(_ operation: String) -> OddsError {
    OddsError(.overflow, "\(operation) leaves the range of 64-bit whole numbers")
  }

  static func nothingLeft(_ cause: String) -> OddsError {
    OddsError(.nothingLeft, "no outcome is left: \(cause)")
  }

  static func outOfRange(_ what: String, _ found: Int, least: Int) -> OddsError {
    OddsError(.range, "\(what) is \(found); the least allowed is \(least)")
  }
}

extension OddsError: CustomStringConvertible {
  public var description: String { message }
}
