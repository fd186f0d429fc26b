extension Natural {
  /// The double nearest to `numerator` / `denominator`, of two as near the even one, however many words they have.
  ///
  /// A ratio below the least normal double (2.2e-308) is rounded twice, so it may be the one next to the nearest.
  /// Without a denominator the ratio is infinite, or not a number when the numerator is zero too.
  public static func ratio(of numerator: Natural, to denominator: Natural) -> Double {
    guard !denominator.isZero else { return numerator.isZero ? .nan : .infinity }
    guard !numerator.isZero else { return 0 }
    // The numerator shifted by this much makes a quotient of 63 or 64 bits.
    let shift = 63 + denominator.bitWidth - numerator.bitWidth
    let (quotient, isExact) = quotient(of: numerator, to: denominator, shiftedBy: shift)
    // A double has 53 bits, so a last bit that says "a little more" decides ties and nothing else.
    return Double(sign: .plus, exponent: -shift, significand: Double(isExact ? quotient : quotient | 1))
  }

  private static func quotient(
    of numerator: Natural, to denominator: Natural, shiftedBy shift: Int
  ) -> (quotient: UInt64, isExact: Bool) {
    if let numerator = numerator.word, let denominator = denominator.word {
      let shifted = UInt128(numerator) << UInt128(shift)
      let (quotient, remainder) = shifted.quotientAndRemainder(dividingBy: UInt128(denominator))
      return (UInt64(truncatingIfNeeded: quotient), remainder == 0)
    }
    let (quotient, remainder) = numerator.shiftedLeft(by: max(shift, 0))
      .quotientAndRemainder(dividingBy: denominator.shiftedLeft(by: max(-shift, 0)))
    return (quotient.low, remainder.isZero)
  }
}
