extension Natural {
  /// - Parameter divisor: not zero.
  func quotientAndRemainder(dividingBy divisor: Natural) -> (quotient: Natural, remainder: Natural) {
    precondition(!divisor.isZero)
    guard divisor <= self else { return (0, self) }
    guard let word = divisor.word else { return longQuotientAndRemainder(dividingBy: divisor) }
    var quotient = self
    let remainder = quotient.divide(by: word)
    return (quotient, Natural(remainder))
  }

  /// Knuth, "The Art of Computer Programming" volume 2 (3rd edition), 4.3.1, algorithm D, with words as digits.
  private func longQuotientAndRemainder(dividingBy divisor: Natural) -> (quotient: Natural, remainder: Natural) {
    // Shifted so that the divisor's highest bit is set, guessed digits are at most 2 too large.
    let shift = divisor.wordCount * 64 - divisor.bitWidth
    let divisor = divisor.shiftedLeft(by: shift).words
    var rest = shiftedLeft(by: shift).words
    rest.append(contentsOf: repeatElement(0, count: max(0, wordCount + 1 - rest.count)))
    var quotient = [UInt64](repeating: 0, count: rest.count - divisor.count)
    for place in quotient.indices.reversed() {
      quotient[place] = Self.takeMultiple(of: divisor, from: &rest, at: place)
    }
    let remainder = Natural(words: rest[..<divisor.count]).shiftedRight(by: shift)
    return (Natural(words: quotient), remainder)
  }

  /// Takes the greatest multiple of `divisor` from the words of `rest` from `place` up, and returns which it was.
  private static func takeMultiple(of divisor: [UInt64], from rest: inout [UInt64], at place: Int) -> UInt64 {
    let top = place + divisor.count
    var digit = guessDigit(of: divisor, in: rest, top: top)
    var (carry, borrow): (UInt64, UInt64) = (0, 0)
    for (index, word) in divisor.enumerated() {
      let product = UInt128(word) * UInt128(digit) + UInt128(carry)
      carry = UInt64(truncatingIfNeeded: product >> 64)
      let difference =
        Int128(rest[place + index]) - Int128(UInt64(truncatingIfNeeded: product)) - Int128(borrow)
      rest[place + index] = UInt64(truncatingIfNeeded: difference)
      borrow = difference < 0 ? 1 : 0
    }
    let difference = Int128(rest[top]) - Int128(carry) - Int128(borrow)
    rest[top] = UInt64(truncatingIfNeeded: difference)
    guard difference < 0 else { return digit }
    // The guess was one too large.
    digit -= 1
    carry = 0
    for (index, word) in divisor.enumerated() {
      let sum = UInt128(rest[place + index]) + UInt128(word) + UInt128(carry)
      rest[place + index] = UInt64(truncatingIfNeeded: sum)
      carry = UInt64(truncatingIfNeeded: sum >> 64)
    }
    rest[top] &+= carry
    return digit
  }

  /// The quotient of the highest words, corrected by one more word of each: right, or one too large.
  private static func guessDigit(of divisor: [UInt64], in rest: [UInt64], top: Int) -> UInt64 {
    let (leading, second) = (UInt128(divisor[divisor.count - 1]), UInt128(divisor[divisor.count - 2]))
    let head = UInt128(rest[top]) << 64 | UInt128(rest[top - 1])
    var (digit, remainder) = head.quotientAndRemainder(dividingBy: leading)
    let base = UInt128(1) << 64
    while digit >= base || digit * second > remainder << 64 | UInt128(rest[top - 2]) {
      digit -= 1
      remainder += leading
      if remainder >= base { break }
    }
    return UInt64(truncatingIfNeeded: digit)
  }

  private func shiftedRight(by bits: Int) -> Natural {
    let (wholeWords, bits) = (bits / 64, UInt64(bits % 64))
    guard wholeWords < wordCount else { return 0 }
    var shifted = Array(words[wholeWords...])
    for index in shifted.indices {
      let above = index + 1 < shifted.count ? shifted[index + 1] : 0
      let pair = UInt128(above) << 64 | UInt128(shifted[index])
      shifted[index] = UInt64(truncatingIfNeeded: pair >> UInt128(bits))
    }
    return Natural(words: shifted)
  }

  /// The greatest number that divides both; the other one when one of them is zero. By Euclid's algorithm, which takes
  /// time with the square of the bits.
  static func greatestCommonDivisor(_ left: Natural, _ right: Natural) -> Natural {
    var (left, right) = (left, right)
    while !right.isZero {
      (left, right) = (right, left.quotientAndRemainder(dividingBy: right).remainder)
    }
    return left
  }
}
