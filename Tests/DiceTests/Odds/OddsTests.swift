import Testing

@testable import Dice

@Suite("Odds")
struct OddsTests {
  private func odds(_ law: (inout OddsBudget) throws -> Law) throws -> Odds {
    var budget = OddsBudget()
    return Odds(try law(&budget))
  }

  private func dice(_ count: Int, _ sides: Int) throws -> Odds {
    try odds { try Law.die(sides: sides, &$0).repeated(count, &$0) }
  }

  @Test func `outcomes ascend and count what is likely`() throws {
    let odds = try odds { try Law.die(sides: 6, &$0).ranked([true, true, true, false], &$0) }
    #expect(odds.denominator == 1_296)
    #expect(odds.outcomes.map(\.total) == Array(3...18))
    #expect(odds.outcomes.map(\.count) == [1, 4, 10, 21, 38, 62, 91, 122, 148, 167, 172, 160, 131, 94, 54, 21])
    #expect(odds.pmf.first?.total == "3" && odds.pmf.last?.count == "21")
    #expect(odds.min == 3 && odds.max == 18 && odds.modes == [13] && odds.median == 12)
    #expect(odds.mean == 15_869.0 / 1_296)
    #expect(odds.tail == 0 && odds.tailShare == 0)
  }

  @Test func `chances are shares of all outcomes`() throws {
    let odds = try dice(2, 6)
    #expect(odds.chance(of: 7) == 6.0 / 36)
    #expect(odds.chance(of: 1) == 0 && odds.chance(of: 13) == 0)
    #expect(odds.chance(atLeast: 10) == 6.0 / 36 && odds.chance(atMost: 3) == 3.0 / 36)
    #expect(odds.chance(atLeast: .min) == 1 && odds.chance(atLeast: .max) == 0)
    #expect(odds.chance(atMost: .max) == 1 && odds.chance(atMost: .min) == 0)
    let damage = try dice(8, 6)
    #expect(damage.chance(atLeast: 31) == 512_955.0 / 1_679_616)
    #expect(damage.chancesAtLeast == damage.outcomes.map { damage.chance(atLeast: $0.total) })
  }

  @Test func `a total that cannot occur between others has no chance`() throws {
    let odds = try odds { try Law.die(sides: 6, &$0).scaled(by: 2).plus(.constant(1), &$0) }
    #expect(odds.outcomes.map(\.total) == [3, 5, 7, 9, 11, 13])
    #expect(odds.chance(of: 4) == 0 && odds.chance(atLeast: 4) == 5.0 / 6 && odds.chance(atMost: 4) == 1.0 / 6)
    let gaps = try self.odds { try FairList(totals: [0, 3]).law().plus(FairList(totals: [0, 5]).law(), &$0) }
    #expect(gaps.outcomes.map(\.total) == [0, 3, 5, 8])
  }

  @Test(
    arguments: [
      ([1, 2, 3, 4, 5, 6], 3.5, [1, 2, 3, 4, 5, 6]), ([5], 5, [5]), ([1, 2, 2, 9], 2, [2]),
      ([1, 1, 4, 4], 2.5, [1, 4]),
      ([-3, 0, 0], 0, [0]),
    ] as [([Int64], Double, [Int64])])
  func `the median halves the outcomes and modes are the likeliest`(
    totals: [Int64], median: Double, modes: [Int64]
  ) throws {
    let odds = Odds(try FairList(totals: totals).law())
    #expect(odds.median == median)
    #expect(odds.modes == modes)
  }

  @Test(arguments: [[1, 2, 2, 9], [-7, -7, 3], [-1, 1], [0, 1_000_000_000_000], [4], [-5, -4]] as [[Int64]])
  func `mean and deviation are exact to the last place`(totals: [Int64]) throws {
    let odds = Odds(try FairList(totals: totals).law())
    let count = Double(totals.count)
    let mean = Double(totals.reduce(0, +)) / count
    #expect(odds.mean == mean)
    let variance = totals.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    #expect(abs(odds.standardDeviation - variance.squareRoot()) <= 1e-15 * Swift.max(1, variance.squareRoot()))
  }

  @Test func `the widest totals have a mean and a deviation`() throws {
    let odds = Odds(try FairList(totals: [.min, .max]).law())
    #expect(odds.mean == -0.5)
    #expect(odds.standardDeviation == 0x1p63)
    #expect(odds.median == -0.5 || odds.median == 0)
  }

  @Test func `counts of thousands of bits keep mean and deviation right`() throws {
    let thousand = try dice(1_000, 6)
    #expect(thousand.denominator.bitWidth == 2_585)
    #expect(thousand.mean == 3_500)
    #expect(abs(thousand.standardDeviation / (1_000 * 35.0 / 12).squareRoot() - 1) < 1e-15)
    #expect(thousand.chance(atLeast: 3_501) < 0.5 && thousand.chance(atLeast: 3_500) > 0.5)
    #expect(abs(thousand.chance(atLeast: 3_500) + thousand.chance(atMost: 3_499) - 1) < 1e-15)
    #expect(thousand.chance(of: 1_000) == 0)
    // Means near zero lose nothing: 0.001 of a hit per roll.
    let rare = try odds { try FairList(totals: [1] + [Int64](repeating: 0, count: 999)).law().repeated(250, &$0) }
    #expect(abs(rare.mean / 0.25 - 1) < 1e-15)
    #expect(abs(rare.standardDeviation / (0.25 * 0.999).squareRoot() - 1) < 1e-15)
  }

  @Test func `with a tail, shape is that of what is resolved and chances are of everything`() throws {
    // 1 to 5 of six, and the 6 is left open.
    let odds = try odds { try Law.die(sides: 6, &$0).exploding(.endless(bits: 0, depthMax: 0), &$0) { $0 == 6 } }
    #expect(odds.tail == 1 && odds.denominator == 6)
    #expect(odds.mean == 3 && odds.median == 3 && odds.standardDeviation == 2.0.squareRoot())
    #expect(odds.chance(atLeast: 1) == 5.0 / 6 && odds.tailShare == 1.0 / 6)
  }

  @Test func `reducing divides everything by what all have in common`() throws {
    let even = try odds { try Law.die(sides: 6, &$0).repeated(2, &$0).mapped(&$0) { $0 % 2 } }
    #expect(even.denominator == 36 && even.outcomes.map(\.count) == [18, 18])
    #expect(even.reduced().denominator == 2 && even.reduced().outcomes.map(\.count) == [1, 1])
    let dice = try dice(3, 6)
    #expect(dice.reduced() == dice)
    let open = try odds {
      try Law.listed([(1, 6), (2, 9), (6, 3)], &$0).exploding(.endless(bits: 0, depthMax: 0), &$0) { $0 == 6 }
    }
    #expect(open.reduced().denominator == 6 && open.reduced().tail == 1)
    #expect(open.reduced().mean == open.mean)
    let large = try self.dice(2_000, 6)
    #expect(large.reduced() == large)
  }
}
