import Dice
import Expressions
import Fuzzing
import StrictJSON

/// What parses without formulas can be rolled, within the bounds that were promised, and its texts read back.
@_cdecl("FuzzDice_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    guard let text = Fuzzing.text(start, count) else { return 0 }
    for dialect in DiceDialect.allCases {
      do {
        try roll(text, dialect)
      } catch let error as DiceError {
        Fuzzing.demand("\(error)".utf8.count < 4_096, "a message of \("\(error)".utf8.count) bytes")
      } catch {
        Fuzzing.demand(false, "\(text): \(error)")
      }
    }
    return 0
  }
}

private func roll(_ text: String, _ dialect: DiceDialect) throws {
  let expression = try DiceExpression(parsing: text, dialect: dialect)
  let canonical = try? DiceExpression(
    parsing: expression.canonicalText, dialect: dialect, limits: DiceLimits(length: 100_000))
  Fuzzing.demand(canonical == expression, "\(expression.canonicalText) reads as another expression")
  let names = try FormulaContext(["level": 5, "str_mod": -1, "hp": .object(["max": 30]), "ready": true, "half": 0.5])
  let prepared = try expression.bind(to: names)
  let key = try ChaChaKey(bytes: [UInt8](repeating: 7, count: 32))
  var draws = RecordingDraws(ChaChaStream(key: key, stream: 0, roll: 17))
  let result = try prepared.roll(using: &draws)
  Fuzzing.demand(prepared.bounds.contains(result.total), "\(result.total) lies outside \(prepared.bounds)")
  Fuzzing.demand(draws.draws.count <= prepared.diceMax, "\(draws.draws.count) dice where \(prepared.diceMax) is most")
  var tape = TapeDraws(replaying: draws.draws)
  Fuzzing.demand(try prepared.roll(using: &tape) == result, "the replay is another result")
  Fuzzing.demand(try JSON(encoding: result).decode(RollResult.self) == result, "the stored result is another")
}
