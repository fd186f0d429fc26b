import Testing

@testable import Dice

@Suite("Natural numbers")
struct NaturalTests {
  /// Numbers of one to six words, many of which are at the edge of a carry.
  private struct Generator {
    var numbers: SeededNumbers

    mutating func natural(words: ClosedRange<Int> = 1...6) -> Natural {
      let words = (0..<Int.random(in: words, using: &numbers)).map { _ in
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: UInt64.max
        case 1: UInt64(0)
        case 2: UInt64(1) << 63
        case 3: UInt64.random(in: 0...3, using: &numbers)
        default: numbers.next()
        }
      }
      return Natural(words: words)
    }
  }

  private func slow(_ natural: Natural) -> SlowNatural {
    natural.words.reversed().reduce(SlowNatural(0)) { sum, word in
      sum * SlowNatural(.max) + sum + SlowNatural(word)
    }
  }

  @Test func `known values are printed`() throws {
    #expect(Natural(0).description == "0")
    #expect(Natural(.max).description == "18446744073709551615")
    #expect(
      try Natural(2).power(200).description == "1606938044258990275541962092341162602522202993782792835301376")
    let factorial = try (1...40).reduce(Natural(1)) { try $0 * Natural(UInt64($1)) }
    #expect(factorial.description == "815915283247897734345611269596115894272000000000")
    #expect(try Natural(10).power(38).description == "1" + String(repeating: "0", count: 38))
    #expect(try Natural(10).power(3_000).description == "1" + String(repeating: "0", count: 3_000))
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `sums and products agree with those on paper`(seed: UInt64) throws {
    var generator = Generator(numbers: SeededNumbers(state: seed))
    for _ in 0..<60 {
      let (left, right) = (generator.natural(), generator.natural())
      #expect(left.description == slow(left).description, "seed \(seed)")
      #expect(try (left + right).description == (slow(left) + slow(right)).description, "seed \(seed)")
      #expect(try (left * right).description == (slow(left) * slow(right)).description, "seed \(seed)")
      #expect(try (left + right).subtracting(right) == left, "seed \(seed)")
      #expect(left < right ? left.subtracting(right) == nil : left.subtracting(right) != nil, "seed \(seed)")
    }
  }

  @Test func `powers are repeated products`() throws {
    for base in [0, 1, 2, 7, 1 << 33] as [UInt64] {
      var product: Natural = 1
      for exponent in 0..<20 as Range<UInt> {
        #expect(try Natural(base).power(exponent) == product)
        product = try product * Natural(base)
      }
    }
    #expect(try Natural(1).power(.max) == 1)
    #expect(try Natural(0).power(.max) == 0)
  }

  @Test(arguments: [3, 4] as [UInt64])
  func `quotient times divisor plus remainder is the number`(seed: UInt64) throws {
    var generator = Generator(numbers: SeededNumbers(state: seed))
    for _ in 0..<800 {
      let (divisor, quotient) = (generator.natural(words: 1...4), generator.natural(words: 1...4))
      guard !divisor.isZero else { continue }
      let number = try divisor * quotient + generator.natural(words: 1...4)
      let (found, remainder) = number.quotientAndRemainder(dividingBy: divisor)
      #expect(remainder < divisor, "seed \(seed)")
      #expect(try found * divisor + remainder == number, "seed \(seed)")
    }
  }

  @Test(arguments: [5, 6] as [UInt64])
  func `dividing by a word agrees with dividing by a number`(seed: UInt64) {
    var generator = Generator(numbers: SeededNumbers(state: seed))
    for _ in 0..<200 {
      let (number, divisor) = (
        generator.natural(), generator.numbers.next() >> UInt64.random(in: 0...63, using: &generator.numbers) | 1
      )
      var quotient = number
      let remainder = quotient.divide(by: divisor)
      let (found, left) = number.quotientAndRemainder(dividingBy: Natural(divisor))
      #expect(found == quotient && left == Natural(remainder), "seed \(seed)")
    }
  }

  @Test func `the greatest common divisor divides both and leaves nothing common`() throws {
    var generator = Generator(numbers: SeededNumbers(state: 7))
    for _ in 0..<100 {
      let (left, right) = (generator.natural(words: 1...3), generator.natural(words: 1...3))
      guard !left.isZero, !right.isZero else { continue }
      let divisor = Natural.greatestCommonDivisor(left, right)
      let (one, other) = (
        left.quotientAndRemainder(dividingBy: divisor), right.quotientAndRemainder(dividingBy: divisor)
      )
      #expect(one.remainder.isZero && other.remainder.isZero)
      #expect(Natural.greatestCommonDivisor(one.quotient, other.quotient) == 1)
    }
    #expect(Natural.greatestCommonDivisor(0, 6) == 6)
    #expect(try Natural.greatestCommonDivisor(Natural(6).power(60), Natural(10).power(50)) == Natural(2).power(50))
  }

  @Test func `order is that of size`() throws {
    let ascending: [Natural] = try [
      0, 1, 2, Natural(.max), Natural(2).power(64), Natural(2).power(64) + 1, Natural(3).power(99),
    ]
    for (left, one) in ascending.enumerated() {
      for (right, other) in ascending.enumerated() {
        #expect((one < other) == (left < right))
        #expect((one == other) == (left == right))
      }
    }
  }

  @Test(arguments: [0, 1, 2, 63, 64, 65, 128, 1_000])
  func `bits are counted and bound the logarithm`(exponent: Int) throws {
    let power = Natural(1).shiftedLeft(by: exponent)
    #expect(try power == Natural(2).power(UInt(exponent)))
    #expect(power.bitWidth == exponent + 1)
    #expect(power.logarithmMax >= Double(exponent) && power.logarithmMax <= Double(exponent) + 0.1)
    #expect(Natural(0).bitWidth == 0)
  }

  /// A ratio is right when the number lies between the midpoints to the doubles next to it.
  @Test(arguments: [8, 9] as [UInt64])
  func `a ratio is the nearest double`(seed: UInt64) throws {
    var generator = Generator(numbers: SeededNumbers(state: seed))
    for _ in 0..<400 {
      let (numerator, denominator) = (generator.natural(words: 1...5), generator.natural(words: 1...5))
      guard !numerator.isZero, !denominator.isZero else { continue }
      let ratio = Natural.ratio(of: numerator, to: denominator)
      // ratio = significand · 2^exponent with a whole significand; midpoints have one more bit.
      let significand = UInt64(ratio.significand * 0x1p52)
      let exponent = Int(ratio.exponent) - 53
      let scaled = numerator.shiftedLeft(by: max(-exponent, 0))
      func midpoint(_ twice: UInt64) throws -> Natural {
        try (denominator * Natural(twice)).shiftedLeft(by: max(exponent, 0))
      }
      let (below, above) = (try midpoint(2 * significand - 1), try midpoint(2 * significand + 1))
      // At a power of two the double below is half as far; the wider bound is enough here.
      #expect(below <= scaled && scaled <= above, "\(numerator) / \(denominator) = \(ratio), seed \(seed)")
      if significand % 2 == 1 { #expect(below < scaled && scaled < above, "seed \(seed)") }
    }
  }

  @Test(arguments: [1, 2_047])
  func `the least excess over a tie rounds up`(divisor: UInt64) throws {
    // 2^53 + 1 lies half way between two doubles, the lower of which is even.
    let tie = try Natural(1 << 53 | 1) * Natural(divisor)
    #expect(Natural.ratio(of: tie, to: Natural(divisor)) == 0x1p53)
    let (long, longDivisor) = (tie.shiftedLeft(by: 200), Natural(divisor).shiftedLeft(by: 200))
    #expect(Natural.ratio(of: long, to: longDivisor) == 0x1p53)
    #expect(try Natural.ratio(of: long + 1, to: longDivisor) == 0x1p53 + 2)
    if divisor > 1 { #expect(try Natural.ratio(of: tie + 1, to: Natural(divisor)) == 0x1p53 + 2) }
  }

  @Test func `ratios at the ends of the range are zero, infinite or not a number`() throws {
    let huge = try Natural(6).power(1_000)
    #expect(Natural.ratio(of: huge, to: 1) == .infinity)
    #expect(Natural.ratio(of: 1, to: huge) == 0)
    #expect(Natural.ratio(of: 0, to: huge) == 0)
    #expect(Natural.ratio(of: huge, to: 0) == .infinity)
    #expect(Natural.ratio(of: 0, to: 0).isNaN)
    #expect(Natural.ratio(of: huge, to: try huge * 3) == 1.0 / 3)
    #expect(Natural.ratio(of: 1, to: 3) == 1.0 / 3)
    #expect(Natural.ratio(of: 1, to: Natural(1).shiftedLeft(by: 1_074)) == .leastNonzeroMagnitude)
    #expect(Natural.ratio(of: Natural(.max), to: 1) == 0x1p64)
  }

  @Test func `what would take too many bits is refused before it is computed`() throws {
    let largest = Natural(1).shiftedLeft(by: Natural.bitsMax - 1)
    #expect(largest.bitWidth == Natural.bitsMax)
    #expect(throws: OddsError.self) { try largest + largest }
    #expect(throws: OddsError.self) { try largest * 2 }
    let error = #expect(throws: OddsError.self) { try Natural(6).power(1_000_000_000_000) }
    #expect(error?.kind == .tooLarge)
    #expect(error?.limit == Natural.bitsMax)
    #expect((error?.estimate ?? 0) >= 2_000_000_000_000)
    #expect(throws: OddsError.self) { try Natural(.max).power(.max) }
  }
}
