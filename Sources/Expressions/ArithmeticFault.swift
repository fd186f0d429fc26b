/// Why an arithmetic operation has no result. The caller adds the place and the operands.
public enum ArithmeticFault: Error, Sendable, Hashable {
  /// A whole number would leave the range of `Int64`.
  case overflow
  case divisionByZero
  /// A double would become infinite or not a number.
  case notFinite
  /// The square root of a negative number.
  case negativeRoot
}

extension ArithmeticFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .overflow: "a whole number must lie between \(Int64.min) and \(Int64.max)"
    case .divisionByZero: "a divisor must not be zero"
    case .notFinite: "a result must be finite, at most about 1.8e308 in size"
    case .negativeRoot: "a square root needs a number that is not negative"
    }
  }
}
