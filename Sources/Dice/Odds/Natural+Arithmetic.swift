// What is public throws above `bitsMax`. What is internal does not look: it works on counts of a law, which its
// denominator bounds, and on a few products of them.
extension Natural {
  /// - Throws: ``OddsError`` of kind `tooLarge` above ``bitsMax`` bits.
  public static func + (left: Natural, right: Natural) throws(OddsError) -> Natural {
    try checkBits(max(left.bitWidth, right.bitWidth))
    var sum = left
    sum.add(right)
    try checkBits(sum.bitWidth)
    return sum
  }

  /// - Throws: ``OddsError`` of kind `tooLarge` above ``bitsMax`` bits.
  public static func * (left: Natural, right: Natural) throws(OddsError) -> Natural {
    try checkBits(left.bitWidth + right.bitWidth - 1)
    let product = left.product(right)
    try checkBits(product.bitWidth)
    return product
  }

  /// This number multiplied `exponent` times with itself; 1 for exponent 0.
  ///
  /// - Throws: ``OddsError`` of kind `tooLarge` above ``bitsMax`` bits.
  public func power(_ exponent: UInt) throws(OddsError) -> Natural {
    guard bitWidth > 1, exponent > 0 else { return exponent == 0 ? 1 : self }
    try Self.checkBits(Double(bitWidth - 1) * Double(exponent) + 1)
    var power = self
    // From the exponent's second highest bit down.
    for bit in (0..<(UInt.bitWidth - 1 - exponent.leadingZeroBitCount)).reversed() {
      power = try power * power
      if exponent >> UInt(bit) & 1 == 1 { power = try power * self }
    }
    return power
  }

  /// How far `other` lies below this number; nil when it lies above.
  public func subtracting(_ other: Natural) -> Natural? {
    guard other <= self else { return nil }
    var difference = self
    difference.subtract(other)
    return difference
  }

  private static func checkBits(_ bits: Int) throws(OddsError) {
    try checkBits(Double(bits))
  }

  private static func checkBits(_ bits: Double) throws(OddsError) {
    guard bits <= Double(bitsMax) else { throw .tooLarge("bits of one count", estimate: bits, limit: bitsMax) }
  }
}

extension Natural {
  /// The binary logarithm, or up to a tenth more; 0 for zero and one.
  var logarithmMax: Double {
    guard self > 1 else { return 0 }
    let leading = Double(self[word: wordCount - 1])
    // Between powers of two the logarithm lies at most 0.0861 above the chord.
    return Double((wordCount - 1) * 64 + Int(leading.exponent)) + leading.significand - 1 + 0.0861
  }

  mutating func add(_ other: Natural) {
    if let word, let addend = other.word {
      self = Natural(wide: UInt128(word) + UInt128(addend))
      return
    }
    extend(toWords: other.wordCount)
    var carry = false
    for index in 0..<wordCount where index < other.wordCount || carry {
      let addend = index < other.wordCount ? other[word: index] : 0
      let (sum, overflow) = self[word: index].addingReportingOverflow(addend)
      let (carried, again) = sum.addingReportingOverflow(carry ? 1 : 0)
      self[word: index] = carried
      carry = overflow || again
    }
    self.carry(carry ? 1 : 0)
  }

  /// Takes away a number that is not larger.
  mutating func subtract(_ other: Natural) {
    precondition(other <= self)
    if let word {
      self = Natural(word - other.low)
      return
    }
    var borrow = false
    for index in 0..<wordCount where index < other.wordCount || borrow {
      let subtrahend = index < other.wordCount ? other[word: index] : 0
      let (difference, overflow) = self[word: index].subtractingReportingOverflow(subtrahend)
      let (borrowed, again) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
      self[word: index] = borrowed
      borrow = overflow || again
    }
    trim()
  }

  mutating func multiply(by factor: UInt64) {
    if let word {
      self = Natural(wide: UInt128(word) * UInt128(factor))
      return
    }
    var carry: UInt64 = 0
    for index in 0..<wordCount {
      let product = UInt128(self[word: index]) * UInt128(factor) + UInt128(carry)
      self[word: index] = UInt64(truncatingIfNeeded: product)
      carry = UInt64(truncatingIfNeeded: product >> 64)
    }
    self.carry(carry)
    if factor == 0 { trim() }
  }

  /// Divides by a number that is not zero, and returns the remainder.
  @discardableResult
  mutating func divide(by divisor: UInt64) -> UInt64 {
    if let word {
      self = Natural(word / divisor)
      return word % divisor
    }
    var divisor = WordDivisor(divisor)
    for index in (0..<wordCount).reversed() { self[word: index] = divisor.divide(self[word: index]) }
    trim()
    return divisor.remainder
  }

  /// By the method of school.
  func product(_ other: Natural) -> Natural {
    guard let factor = other.word else { return word == nil ? longProduct(other) : other.product(self) }
    var product = self
    product.multiply(by: factor)
    return product
  }

  private func longProduct(_ other: Natural) -> Natural {
    let (left, right) = (words, other.words)
    var product = [UInt64](repeating: 0, count: left.count + right.count)
    for (start, factor) in left.enumerated() {
      var carry: UInt64 = 0
      for (index, word) in right.enumerated() {
        let sum = UInt128(word) * UInt128(factor) + UInt128(product[start + index]) + UInt128(carry)
        product[start + index] = UInt64(truncatingIfNeeded: sum)
        carry = UInt64(truncatingIfNeeded: sum >> 64)
      }
      product[start + right.count] = carry
    }
    return Natural(words: product)
  }

  func shiftedLeft(by bits: Int) -> Natural {
    let (wholeWords, bits) = (bits / 64, UInt64(bits % 64))
    var shifted = [UInt64](repeating: 0, count: wholeWords + wordCount + 1)
    for index in 0..<wordCount {
      let spread = UInt128(self[word: index]) << UInt128(bits)
      shifted[wholeWords + index] |= UInt64(truncatingIfNeeded: spread)
      shifted[wholeWords + index + 1] = UInt64(truncatingIfNeeded: spread >> 64)
    }
    return Natural(words: shifted)
  }
}
