import Testing

@testable import Dice

@Suite("Law properties")
struct LawPropertyTests {
  /// Makes laws by random operations, and beside each the list of its outcomes.
  private struct Generator {
    var numbers: SeededNumbers

    mutating func list(outcomes: ClosedRange<Int> = 1...6) -> FairList {
      let spread = [1, 1, 1, 10, 1_000_000_000].randomElement(using: &numbers) ?? 1
      return FairList(
        totals: (0..<Int.random(in: outcomes, using: &numbers)).map { _ in
          Int64.random(in: -3...6, using: &numbers) * Int64(Bool.random(using: &numbers) ? spread : 1)
        })
    }

    mutating func ranks(_ copies: Int) -> [Bool] {
      (0..<copies).map { _ in Bool.random(using: &numbers) }
    }

    /// One more operation on both.
    mutating func operate(_ law: Law, _ list: FairList, _ budget: inout OddsBudget) throws -> (Law, FairList) {
      let number = Int64.random(in: -3...3, using: &numbers)
      let copies = Int.random(in: 0...(list.count <= 8 ? 4 : 2), using: &numbers)
      switch Int.random(in: 0..<11, using: &numbers) {
      case 0: return (try law.negated(), FairList(totals: list.totals.map { -$0 }))
      case 1: return (try law.shifted(by: number), FairList(totals: list.totals.map { $0 + number }))
      case 2: return (try law.scaled(by: number), FairList(totals: list.totals.map { $0 * number }))
      case 3:
        return (try law.mapped(&budget) { max($0, number) }, FairList(totals: list.totals.map { max($0, number) }))
      case 4, 5: return (try law.repeated(copies, &budget), list.ofSequences(copies) { $0.reduce(0, +) })
      case 6, 7:
        let kept = ranks(copies)
        // Ranks of totals that lie far apart are refused.
        guard case .lattice = law.support else { return (law, list) }
        return (try law.ranked(kept, &budget), list.ranked(kept))
      case 8:
        let other = self.list()
        return (try law.plus(other.law(), &budget), list.combined(with: other, +))
      case 9:
        let other = self.list()
        return (try law.combined(with: other.law(), &budget, &-), list.combined(with: other, &-))
      default:
        guard list.totals.contains(where: { $0 <= number }) else { return (law, list) }
        let expected = list.ofSequences(2) { $0[0] <= number ? $0[1] : $0[0] }
        return (try law.rerolled(atMost: 1, &budget) { $0 <= number }, expected)
      }
    }
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `any operations in a row agree with the outcomes written out`(seed: UInt64) throws {
    var generator = Generator(numbers: SeededNumbers(state: seed))
    for _ in 0..<150 {
      var list = generator.list()
      var law = try list.law()
      for _ in 0..<4 where list.count <= 60 {
        var budget = OddsBudget()
        (law, list) = try generator.operate(law, list, &budget)
        let difference = difference(of: law, from: list)
        #expect(difference == nil, "\(difference ?? "") (seed \(seed))")
        guard difference == nil else { return }
        #expect(budget.spent >= 0)
      }
    }
  }

  @Test(arguments: [5, 6] as [UInt64])
  func `the mean of a sum is the sum of the means, and so are variances`(seed: UInt64) throws {
    var generator = Generator(numbers: SeededNumbers(state: seed))
    for _ in 0..<200 {
      var budget = OddsBudget()
      let (one, other) = (try generator.list().law(), try generator.list().law())
      let sum = Odds(try one.plus(other, &budget))
      let (left, right) = (Odds(one), Odds(other))
      let scale = max(abs(left.mean), abs(right.mean), left.standardDeviation, right.standardDeviation, 1)
      #expect(abs(sum.mean - left.mean - right.mean) <= 1e-12 * scale, "seed \(seed)")
      let variance = left.standardDeviation * left.standardDeviation + right.standardDeviation * right.standardDeviation
      #expect(abs(sum.standardDeviation - variance.squareRoot()) <= 1e-12 * scale, "seed \(seed)")
    }
  }

  /// Counts of several words, where writing outcomes out is hopeless: the recurrences against adding one by one.
  @Test(
    arguments: [
      ([1, 2, 3, 4, 5, 6], 60), ([0, 1], 200), ([0, 1, 1, 1], 90), ([1, 1, 2, 5], 70), ([0, 0, 0, 3], 80),
      ([0, 1, 7, 7, 7, 7], 50), ([2, 4, 4, 6], 100), ([9, 9, 9], 130),
    ] as [([Int64], Int)])
  func `many copies at once are the copies added one by one`(totals: [Int64], copies: Int) throws {
    var budget = OddsBudget()
    let law = try FairList(totals: totals).law()
    let sum = try law.repeated(copies, &budget)
    let added = try (1..<copies).reduce(law) { sum, _ in try sum.plus(law, &budget) }
    #expect(Odds(sum) == Odds(added))
    #expect(fault(of: sum) == nil)
    #expect(sum.denominator == (try Natural(UInt64(totals.count)).power(UInt(copies))))
  }

  /// Weights of several words go other ways through the tables than the same weights divided by a common factor.
  @Test(arguments: [1, 64, 70, 128, 300])
  func `a common factor of all weights changes nothing but the counts`(bits: Int) throws {
    var budget = OddsBudget(OddsLimits(work: 1_000_000_000))
    let factor = try Natural(1).shiftedLeft(by: bits) + 1
    for totals in [[1, 2, 2, 3], [0, 5, 5, 5, 7], [-1, 0, 1]] as [[Int64]] {
      let list = FairList(totals: totals)
      let small = try list.law()
      let large = try Law.listed(list.counts.map { ($0.key, try Natural(UInt64($0.value)) * factor) }, &budget)
      func check(
        _ factors: UInt, at location: SourceLocation = #_sourceLocation, _ operate: (Law) throws -> Law
      ) throws {
        let (expected, found) = (Odds(try operate(small)), Odds(try operate(large)))
        let scale = try factor.power(factors)
        #expect(fault(of: try operate(large)) == nil, sourceLocation: location)
        #expect(try expected.denominator * scale == found.denominator, sourceLocation: location)
        #expect(expected.totals == found.totals, sourceLocation: location)
        #expect(
          try expected.outcomes.map { try $0.count * scale } == found.outcomes.map(\.count), sourceLocation: location)
        #expect(expected.mean == found.mean && expected.modes == found.modes, sourceLocation: location)
        #expect(expected.standardDeviation == found.standardDeviation, sourceLocation: location)
        #expect(expected.reduced() == found.reduced(), sourceLocation: location)
      }
      try check(1) { $0 }
      try check(1) { try $0.mapped(&budget) { $0 / 2 } }
      try check(5) { try $0.repeated(5, &budget) }
      try check(2) { try $0.plus($0, &budget) }
      try check(2) { try $0.combined(with: $0, &budget, *) }
      try check(3) { try $0.rerolled(atMost: 2, &budget) { $0 == totals[0] } }
      try check(4) { try $0.exploding(.atMost(3), &budget) { $0 == totals[0] } }
      try check(2) { law in try law.mixture(&budget) { total, budget in try law.shifted(by: total) } }
      for kept in [[true, true, false, false], [false, false, true, true], [true, false, false, true]] {
        try check(4) { try $0.ranked(kept, &budget) }
        try check(6) { law in try law.ranked(kept, &budget) { _, _ in law } }
      }
      try check(4) { try $0.ranked([false, false, false, false], &budget) }
    }
  }

  /// What is left after rerolls has a smaller denominator, which may take fewer words.
  @Test(arguments: [30, 64, 70, 128, 200])
  func `rerolling what is nearly certain leaves the rest in fewer words`(bits: Int) throws {
    var budget = OddsBudget()
    for scale in [1, 1 << 20, .max] as [UInt64] {
      let rest: [(Int64, Natural)] = try [(2, 3), (3, 2), (9, 1)].map { ($0.0, try $0.1 * Natural(scale)) }
      let law = try Law.listed([(1, Natural(1).shiftedLeft(by: bits + 64))] + rest, &budget)
      let left = try law.rerolledUntilNone(&budget) { $0 == 1 }
      #expect(fault(of: left) == nil)
      #expect(try Odds(left) == Odds(Law.listed(rest, &budget)))
    }
  }

  /// Ranks of many dice, from how often each face is shown: a multinomial coefficient for every way to share the dice
  /// among three faces.
  @Test(arguments: [(60, 20, 0), (60, 0, 17), (50, 10, 20), (45, 1, 1), (90, 0, 3)])
  func `ranks of many dice agree with multinomial coefficients`(copies: Int, dropHigh: Int, keepThen: Int) throws {
    let kept = (0..<copies).map { $0 >= dropHigh && (keepThen == 0 || $0 < dropHigh + keepThen) }
    var factorials: [Natural] = [1]
    for factor in 1...copies { factorials.append(try factorials[factor - 1] * Natural(UInt64(factor))) }
    var counts: [Int64: Natural] = [:]
    for threes in 0...copies {
      for twos in 0...(copies - threes) {
        let ones = copies - threes - twos
        let ways = try factorials[copies].quotientAndRemainder(
          dividingBy: factorials[threes] * factorials[twos] * factorials[ones]
        ).quotient
        let faces =
          Array(repeating: 3, count: threes) + Array(repeating: 2, count: twos) + Array(repeating: 1, count: ones)
        let total = zip(faces, kept).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
        counts[Int64(total)] = try (counts[Int64(total)] ?? 0) + ways
      }
    }
    var budget = OddsBudget(OddsLimits(work: 1_000_000_000))
    let law = try Law.die(sides: 3, &budget).ranked(kept, &budget)
    #expect(fault(of: law) == nil)
    #expect(Odds(law).outcomes.map(\.total) == counts.keys.sorted())
    #expect(Odds(law).outcomes.allSatisfy { counts[$0.total] == $0.count })
  }

  @Test func `the highest and the lowest together have the mean of all`() throws {
    var budget = OddsBudget()
    let die = try Law.die(sides: 12, &budget)
    for high in 1...11 {
      let kept = (0..<12).map { $0 < high }
      let (highest, lowest) = (
        Odds(try die.ranked(kept, &budget)), Odds(try die.ranked(kept.map { !$0 }, &budget))
      )
      #expect(abs(highest.mean + lowest.mean - 78) < 1e-12 * 78)
      // Turned upside down, the highest are the lowest.
      #expect(try Odds(die.ranked(kept.reversed(), &budget).negated().shifted(by: 13 * Int64(high))) == highest)
    }
  }
}
