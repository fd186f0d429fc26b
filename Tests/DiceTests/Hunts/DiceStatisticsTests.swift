import Expressions
import Foundation
import Testing

@testable import Dice

/// Rolls by the thousand, or by the million in `bin/check --dice`, beside their exact odds.
@Suite("Dice statistics")
struct DiceStatisticsTests {
  /// Fair dice do worse once in so many tests.
  private static let chanceMin = 1e-6

  static let expressions: [(dialect: DiceDialect, text: String)] = [
    (.native, "8d6"), (.native, "4d6kh3"), (.native, "2d20kl1 + 5"), (.native, "5d8dh1dl1"), (.native, "4d6p<3"),
    (.native, "3d6ro<3"), (.native, "2d6rr1"), (.native, "3d6x"), (.native, "2d10x2>=9"), (.native, "4d6xo"),
    (.native, "3d6ra6"), (.native, "4d6min2"), (.native, "4d6max5kh2"), (.native, "6d10cs>=7"),
    (.native, "5d6df<2"), (.native, "4d6even"), (.native, "4d6ms>=14"), (.native, "4dF"), (.native, "5dC"),
    (.native, "d% + 1d4"), (.native, "(1d6, 2d4, 5)kh2"), (.native, "{{2d6, 1d12, 1d8}}kh1"),
    (.native, "(1d4)d6"), (.native, "max(1d8, 2d4) * 2 - 1d6 // 2"), (.native, "1d20 + {level} >= 15"),
    (.d20, "4d6ro<3"), (.d20, "3d%kh2"), (.d20, "2d20kh1 + 1d8mi2"), (.d20, "3d6e6"), (.d20, "(1d6, 1d8)kl1"),
    (.foundry, "4d6r<3"), (.foundry, "3d6min2kl2"), (.foundry, "5d6cs>4df<2"), (.foundry, "6d6cs>=5df"),
    (.foundry, "{2d6, 1d12}kh"),
  ]

  /// What a test found out about one expression.
  private func fit(
    _ roll: PreparedRoll, _ count: Int, drawing draw: (UInt64) throws -> any DrawSource
  ) throws -> GoodnessOfFit {
    let odds = try roll.odds()
    var counted: [Int64: Int] = [:]
    for number in 0..<UInt64(count) {
      var source = try draw(number)
      counted[try roll.roll(using: &source).total, default: 0] += 1
    }
    var bins = odds.outcomes.map { (counted[$0.total] ?? 0, odds.chance(of: $0.total) * Double(count)) }
    let others = count - bins.reduce(0) { $0 + $1.0 }
    if odds.tail.isZero {
      #expect(others == 0, "\(others) totals that cannot come, of \(roll.expression)")
    } else {
      bins.append((others, odds.tailShare * Double(count)))
    }
    return GoodnessOfFit(bins)
  }

  /// The key of a hunt, another for each expression.
  private static func key(_ index: Int) throws -> ChaChaKey {
    var numbers = SeededNumbers(state: DiceHunt.seed &* 1_000_003 &+ UInt64(index))
    return try ChaChaKey(bytes: (0..<32).map { _ in UInt8.random(in: 0...255, using: &numbers) })
  }

  @Test(arguments: expressions.indices)
  func `totals come as often as the exact odds say`(index: Int) throws {
    let (dialect, text) = Self.expressions[index]
    let roll = try DiceExpression(parsing: text, dialect: dialect).bind(to: ExpressionGenerator.context())
    let (count, key) = (DiceHunt.rolls(usually: 400), try Self.key(index))
    let fit = try fit(roll, count) { ChaChaStream(key: key, stream: 0, roll: $0) }
    DiceHunt.say("\(dialect) \(text): \(count) rolls, \(fit)")
    #expect(fit.degrees > 0, "\(text) has nothing to agree with")
    #expect(fit.chance > Self.chanceMin, "\(dialect) \(text): \(fit) (seed \(DiceHunt.seed))")
  }

  /// Dice whose sides are no power of two, the largest of which is nearest to the limit: neighbouring faces counted
  /// together, and faces that leave the same remainder.
  @Test(arguments: 0...18)
  func `every face of a die comes as often as any other`(power: Int) throws {
    let sides = 3 << power
    let buckets = min(sides, 48)
    let (count, key) = (DiceHunt.rolls(usually: 2_000), try Self.key(1_000 + power))
    var stream = ChaChaStream(key: key, stream: 0, roll: 0)
    var (together, apart) = ([Int](repeating: 0, count: buckets), [Int](repeating: 0, count: buckets))
    for _ in 0..<count {
      let face = Int(try stream.draw(sides: UInt32(sides))) - 1
      together[face * buckets / sides] += 1
      apart[face % buckets] += 1
    }
    let expected = Double(count) / Double(buckets)
    let fits = [together, apart].map { GoodnessOfFit($0.map { ($0, expected) }) }
    DiceHunt.say("d\(sides): \(count) rolls in \(buckets) buckets, \(fits[0])")
    for fit in fits { #expect(fit.chance > Self.chanceMin, "d\(sides): \(fit) (seed \(DiceHunt.seed))") }
  }

  /// In every fifth roll the highest face of each die is turned into a one.
  private struct LoadedDraws: DrawSource {
    var fair: ChaChaStream
    var number: UInt64

    mutating func draw(sides: UInt32) throws -> UInt32 {
      let face = try fair.draw(sides: sides)
      return face == sides && number % 5 == 0 ? 1 : face
    }
  }

  @Test(arguments: ["8d6", "4d6kh3", "6d6cs>=5"])
  func `loaded dice are found out`(text: String) throws {
    let (roll, key) = (try DiceExpression(parsing: text).bind(), try countingKey())
    let fit = try fit(roll, 2_500) {
      LoadedDraws(fair: ChaChaStream(key: key, stream: 0, roll: $0), number: $0)
    }
    #expect(fit.chance < Self.chanceMin, "\(text): \(fit)")
  }
}

@Suite("Goodness of fit")
struct GoodnessOfFitTests {
  /// With two and four degrees of freedom the tail is exp(−x/2) and exp(−x/2)(1 + x/2).
  @Test(arguments: [0.01, 0.5, 1, 3, 8, 27.63, 60, 300])
  func `the tail of an even number of degrees is the closed one`(value: Double) {
    let (half, tail) = (value / 2, ChiSquare.upperTail(value, degrees: 2))
    #expect(abs(tail / expected(half, terms: 1) - 1) < 1e-12)
    for terms in [2, 5, 20, 80] {
      let tail = ChiSquare.upperTail(value, degrees: 2 * terms)
      #expect(abs(tail - expected(half, terms: terms)) <= 1e-12 * max(tail, 1e-3), "\(terms) terms at \(value)")
    }
  }

  /// The chance of fewer than `terms` events where `mean` are expected, term by term.
  private func expected(_ mean: Double, terms: Int) -> Double {
    var (term, sum) = (exp(-mean), 0.0)
    for index in 0..<terms {
      sum += term
      term *= mean / Double(index + 1)
    }
    return sum
  }

  /// Printed tables: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
  @Test(
    arguments: [
      (3.841, 1, 0.05), (6.635, 1, 0.01), (10.828, 1, 0.001), (18.307, 10, 0.05), (29.588, 10, 0.001),
      (67.505, 50, 0.05), (149.449, 100, 0.001),
    ] as [(Double, Int, Double)])
  func `the tail agrees with the tables`(value: Double, degrees: Int, tail: Double) {
    #expect(abs(ChiSquare.upperTail(value, degrees: degrees) / tail - 1) < 2e-3)
  }

  @Test func `bins of small expectation are pooled with their neighbours`() {
    let fit = GoodnessOfFit([(1, 2), (5, 4), (10, 9), (2, 3)])
    // 6 where 6 were expected, 12 where 12 were.
    #expect(fit.statistic == 0 && fit.degrees == 1 && fit.chance == 1)
    let off = GoodnessOfFit([(40, 50), (60, 50)])
    #expect(off.statistic == 4 && off.degrees == 1)
  }
}
