// Python's three divisions. Swift's own `/` and `%` round toward zero, and `%` traps on `Int64.min % -1`.
extension Number {
  static func floorQuotient(_ left: Int64, _ right: Int64) throws(ArithmeticFault) -> Int64 {
    guard right != 0 else { throw .divisionByZero }
    let (quotient, overflow) = left.dividedReportingOverflow(by: right)
    guard !overflow else { throw .overflow }
    let isRoundedUp = quotient &* right != left && (left < 0) != (right < 0)
    return isRoundedUp ? quotient - 1 : quotient
  }

  static func floorRemainder(_ left: Int64, _ right: Int64) throws(ArithmeticFault) -> Int64 {
    guard right != 0 else { throw .divisionByZero }
    guard right != -1 else { return 0 }
    let remainder = left % right
    return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
  }

  /// The double nearest to the exact quotient. Dividing the two nearest doubles would round twice beyond 2^53.
  static func trueQuotient(_ left: Int64, _ right: Int64) throws(ArithmeticFault) -> Double {
    guard right != 0 else { throw .divisionByZero }
    if let left = Double(exactly: left), let right = Double(exactly: right) {
      return left / right
    }
    let quotient = nearestQuotient(left.magnitude, right.magnitude)
    return (left < 0) == (right < 0) ? quotient : -quotient
  }

  /// Long division to at least 64 significant bits, the remainder kept as a sticky last bit, rounded once.
  private static func nearestQuotient(_ left: UInt64, _ right: UInt64) -> Double {
    guard left != 0 else { return 0 }
    let shift = left.leadingZeroBitCount + 64
    let (quotient, remainder) = (UInt128(left) << UInt128(shift)).quotientAndRemainder(dividingBy: UInt128(right))
    let excess = max(0, 64 - quotient.leadingZeroBitCount)
    // Without a remainder the quotient has no more significant bits than `left`, and none is cut off here.
    let head = UInt64(truncatingIfNeeded: quotient >> UInt128(excess)) | (remainder == 0 ? 0 : 1)
    return Double(sign: .plus, exponent: excess - shift, significand: Double(head))
  }

  /// CPython's `float.__floordiv__`: exact remainder first, so that the quotient never contradicts it.
  static func floorQuotient(_ left: Double, _ right: Double) throws(ArithmeticFault) -> Double {
    guard right != 0 else { throw .divisionByZero }
    let remainder = left.truncatingRemainder(dividingBy: right)
    var quotient = (left - remainder) / right
    if remainder != 0, (remainder < 0) != (right < 0) {
      quotient -= 1
    }
    guard quotient != 0 else { return Double(signOf: left / right, magnitudeOf: 0) }
    let floor = quotient.rounded(.down)
    return quotient - floor > 0.5 ? floor + 1 : floor
  }

  static func floorRemainder(_ left: Double, _ right: Double) throws(ArithmeticFault) -> Double {
    guard right != 0 else { throw .divisionByZero }
    let remainder = left.truncatingRemainder(dividingBy: right)
    guard remainder != 0 else { return Double(signOf: right, magnitudeOf: 0) }
    return (remainder < 0) != (right < 0) ? remainder + right : remainder
  }
}
