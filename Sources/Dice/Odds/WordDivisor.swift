/// A divisor of one word with its reciprocal, by which many words in a row are divided without a division each.
///
/// Möller and Granlund, "Improved division by invariant integers", IEEE Transactions on Computers 60 (2011),
/// algorithm 4.
struct WordDivisor {
  /// The divisor, shifted so that its highest bit is set.
  private let divisor: UInt64
  private let shift: UInt64
  /// (2^128 − 1) / `divisor` − 2^64.
  private let reciprocal: UInt64
  /// What is left of the words divided so far, shifted like the divisor.
  private var left: UInt64 = 0

  /// - Parameter divisor: not zero.
  init(_ divisor: UInt64) {
    shift = UInt64(divisor.leadingZeroBitCount)
    self.divisor = divisor << shift
    reciprocal = self.divisor.dividingFullWidth((~self.divisor, .max)).quotient
  }

  var remainder: UInt64 { left >> shift }

  /// The next lower word of the quotient.
  ///
  /// - Parameter word: the next lower word of the number, the highest first.
  mutating func divide(_ word: UInt64) -> UInt64 {
    // The remainder has as many zeros at its end as the word's highest bits take.
    let (high, low) = (left | word >> (64 - shift), word << shift)
    let guess = UInt128(reciprocal) &* UInt128(high) &+ (UInt128(high) << 64 | UInt128(low))
    var quotient = UInt64(truncatingIfNeeded: guess >> 64) &+ 1
    left = low &- quotient &* divisor
    if left > UInt64(truncatingIfNeeded: guess) {
      quotient &-= 1
      left &+= divisor
    }
    if left >= divisor {
      quotient &+= 1
      left &-= divisor
    }
    return quotient
  }
}
