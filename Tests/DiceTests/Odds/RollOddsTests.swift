import Expressions
import Foundation
import Testing

@testable import Dice

/// The odds of whole expressions, beside every way their dice can fall.
@Suite("Odds of expressions")
struct RollOddsTests {
  private func odds(_ text: String, _ dialect: DiceDialect = .native, _ limits: OddsLimits = .standard) throws -> Odds {
    try DiceExpression(parsing: text, dialect: dialect).bind(to: ExpressionGenerator.context()).odds(limits: limits)
  }

  private func exhausted(_ text: String, _ dialect: DiceDialect = .native) throws -> Odds {
    let roll = try DiceExpression(parsing: text, dialect: dialect).bind(to: ExpressionGenerator.context())
    return Odds(try Exhaustion(roll.plan, OddsLimits(states: 300_000, work: 1_000_000_000)).law())
  }

  struct Sample: Decodable {
    let expr: String
    let den: String
    let pmf: [String: String]
    let mean, sd: Double
  }

  @Test func `the samples agree: denominator, every count, mean and deviation`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/exact_sample.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 40)
    for line in lines {
      let sample = try JSONDecoder().decode(Sample.self, from: Data(line.utf8))
      // The samples' `r` looks once, as the native and Foundry's do.
      let odds = try odds(sample.expr)
      #expect("\(odds.denominator)" == sample.den, "\(sample.expr)")
      #expect(Dictionary(uniqueKeysWithValues: odds.pmf.map { ($0.total, $0.count) }) == sample.pmf, "\(sample.expr)")
      #expect(abs(odds.mean - sample.mean) < 1e-9 && abs(odds.standardDeviation - sample.sd) < 1e-9, "\(sample.expr)")
    }
  }

  @Test(
    arguments: [
      (.native, "2d6"), (.native, "4d6kh3"), (.native, "3d6kl1+2"), (.native, "2d6*1d4"), (.native, "1d8//3 - 1d4"),
      (.native, "3d4dh1dl1"), (.native, "3d6p<3"), (.native, "3d6p<3kh1"), (.native, "3d4ro1"), (.native, "1d3rr<=1"),
      (.native, "3d6min3"), (.native, "3d6kh2min3"), (.native, "3d6min3kl1"), (.native, "2d4ro<3min2"),
      (.native, "2d4min2ro<3"), (.native, "2d4xo"), (.native, "2d4min2xo2"), (.native, "2d6ra6"), (.native, "3d6cs>=5"),
      (.native, "3d6cs>4df<2"), (.native, "3d6sf1"), (.native, "3d6even"), (.native, "3d6ms>=10"), (.native, "2dF+1dC"),
      (.native, "(1d3)d4"), (.native, "2d(1d3)"), (.native, "(1d2)d(1d3)kh1"), (.native, "(1d6,4,1d4)kh2"),
      (.native, "(3d4)kl2"), (.native, "((3d4)kl2)kh1"), (.native, "{{1d4,1d6}}kh"), (.native, "{{1d4,1d6,3}}cs>2"),
      (.native, "1d6/4 + 0.5"), (.native, "floor(1d6/2)*1d4"), (.native, "max(1d4, 1d6, 3)"), (.native, "1d6>1d4"),
      (.native, "-7 % 1d4"), (.native, "3d4kh2ro1"), (.d20, "2d4rol1"), (.native, "1d6r1=1x1=6"),
      (.d20, "3d4kh1kl1"), (.d20, "3d4ro1ro2"), (.d20, "2d4mi2ma3"), (.d20, "2d%kh1"), (.d20, "(1d4,2)kh1"),
      (.foundry, "3d4min2kl1"), (.foundry, "3d4r<3"), (.foundry, "3d6min3cs>=3"), (.foundry, "3d4cs>2df"),
      (.foundry, "{2d4, 5}kh"), (.foundry, "3d4rr1=1"),
    ] as [(DiceDialect, String)])
  func `odds are what every way the dice can fall comes to`(dialect: DiceDialect, text: String) throws {
    let (odds, expected) = (try odds(text, dialect).reduced(), try exhausted(text, dialect).reduced())
    #expect(odds.tail.isZero && expected.tail.isZero || odds.tailShare < 1e-10)
    guard odds.tail.isZero, expected.tail.isZero else {
      for outcome in expected.outcomes {
        #expect(abs(odds.chance(of: outcome.total) - expected.chance(of: outcome.total)) < 1e-10, "\(text)")
      }
      return
    }
    #expect("\(odds.denominator)" == "\(expected.denominator)", "\(text)")
    #expect(odds.pmf.map(\.total) == expected.pmf.map(\.total), "\(text)")
    #expect(odds.pmf.map(\.count) == expected.pmf.map(\.count), "\(text)")
  }

  @Test func `generated expressions have the odds of every way their dice can fall`() throws {
    for dialect in DiceDialect.allCases {
      var generator = ExpressionGenerator(dialect: dialect, numbers: SeededNumbers(state: 17))
      var compared = 0
      for _ in 0..<1500 where compared < 150 {
        let text = generator.expression(depth: 1)
        guard let roll = try? DiceExpression(parsing: text, dialect: dialect).bind(to: ExpressionGenerator.context()),
          let expected = try? Odds(Exhaustion(roll.plan, OddsLimits(states: 4_000)).law())
        else { continue }
        guard let odds = try? roll.odds() else { continue }
        compared += 1
        #expect(odds.tailShare < 1e-10, "\(text)")
        for outcome in expected.outcomes {
          #expect(
            abs(odds.chance(of: outcome.total) - expected.chance(of: outcome.total)) < 1e-10,
            "\(text): \(outcome.total)")
        }
        #expect(roll.bounds.contains(odds.min) && roll.bounds.contains(odds.max), "\(text)")
      }
      #expect(compared > 60, "\(dialect): \(compared)")
    }
  }

  @Test func `endless explosions are followed to a stated tail`() throws {
    let odds = try odds("1d6x")
    #expect(odds.tailShare > 0 && odds.tailShare <= 0x1p-40)
    #expect(abs(odds.mean - 4.2) < 1e-9)
    #expect(odds.chance(of: 6) == 0)
    #expect(abs(odds.chance(atLeast: 7) - 1.0 / 6) < 1e-11)
  }

  @Test func `what would take too long is refused with the estimate, at once`() throws {
    let error = #expect(throws: OddsError.self) { try odds("20d20kh3ro1", .native) }
    #expect(error?.kind == .tooLarge && error?.estimate ?? 0 > error?.limit ?? .max)
    #expect(throws: OddsError.self) { try odds("1000d1000000") }
    #expect(throws: DiceError.self) { try odds("6 // (1d3-1)") }
  }
}
