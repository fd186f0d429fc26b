import Expressions
import Testing

@testable import Dice

/// Expressions by the hundred, or by a hundred thousand in `bin/check --dice`, and each once more with mistakes in it.
@Suite("Generated expressions")
struct GeneratedExpressionTests {
  private static let limits = OddsLimits(states: 500, work: 5_000)

  /// How the texts ended.
  private struct Tally {
    var rolled = 0
    var compared = 0
    var refused: [DiceError.Kind: Int] = [:]
  }

  @Test(arguments: DiceDialect.allCases)
  func `each gives a result that its odds know, or a typed error with its place`(dialect: DiceDialect) throws {
    let count = DiceHunt.expressions(usually: 300) / DiceDialect.allCases.count
    let context = try ExpressionGenerator.context()
    var generator = ExpressionGenerator(dialect: dialect, numbers: SeededNumbers(state: DiceHunt.seed))
    var mutated = MutatedText(numbers: SeededNumbers(state: DiceHunt.seed &+ 1))
    var (good, bad) = (Tally(), Tally())
    var other = ""
    for number in 0..<UInt64(count) {
      let text = generator.expression(depth: Int(number % 5))
      try examine(text, dialect, context, number, &good)
      try examine(mutated.text(of: text, beside: other), dialect, context, number, &bad)
      other = text
    }
    DiceHunt.say(
      "\(dialect): \(count) expressions, \(good.rolled) rolled, \(good.compared) beside their odds; "
        + "with mistakes in them \(bad.rolled) rolled, \(bad.compared) beside their odds")
    DiceHunt.say("\(dialect): refused " + bad.refused.map { "\($1) for \($0)" }.sorted().joined(separator: ", "))
    #expect(good.rolled > count / 2 && good.compared > count / 10, "seed \(DiceHunt.seed)")
    #expect(bad.refused[.syntax] ?? 0 > count / 4 && bad.rolled > count / 20, "seed \(DiceHunt.seed)")
  }

  /// - Throws: what is neither a result nor an error that the library states.
  private func examine(
    _ text: String, _ dialect: DiceDialect, _ context: FormulaContext, _ number: UInt64, _ tally: inout Tally
  ) throws {
    let named = "\(text.debugDescription) (\(dialect), seed \(DiceHunt.seed))"
    do throws(DiceError) {
      let roll = try DiceExpression(parsing: text, dialect: dialect).bind(to: context)
      tally.rolled += 1
      var errors: DiceError?
      do {
        try compare(roll, number, named, &tally)
      } catch let error as DiceError {
        errors = error
      } catch {
        Issue.record("\(named): \(error)")
      }
      if let errors { throw errors }
    } catch {
      tally.refused[error.kind, default: 0] += 1
      #expect((0...text.utf8.count).contains(error.position), "\(named): \(error)")
      #expect((1...text.count + 1).contains(error.column), "\(named): \(error)")
      #expect(!error.message.isEmpty && error.message.utf8.count < 2_048, "\(named): \(error)")
    }
  }

  /// Rolls, and looks the total up in the odds where they are quickly known.
  private func compare(_ roll: PreparedRoll, _ number: UInt64, _ named: String, _ tally: inout Tally) throws {
    var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: number)
    let result = try roll.roll(using: &stream)
    #expect(roll.bounds.contains(result.total), "\(named): \(result.total) outside \(roll.bounds)")
    let odds: Odds
    do {
      odds = try roll.odds(limits: Self.limits)
    } catch is OddsError {
      return
    }
    tally.compared += 1
    #expect(odds.chance(of: result.total) > 0 || !odds.tail.isZero, "\(named): \(result.total) has no chance")
    #expect(roll.bounds.contains(odds.min) && roll.bounds.contains(odds.max), "\(named): odds outside the bounds")
  }
}
