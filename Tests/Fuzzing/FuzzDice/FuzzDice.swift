import Dice
import Expressions
import Fuzzing
import StrictJSON

/// What parses can be rolled, in every dialect, within the bounds that were promised, and its texts read back; its odds
/// know each total that comes, and a tape of any numbers is rolled or refused.
@_cdecl("FuzzDice_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    guard let text = Fuzzing.text(start, count) else { return 0 }
    for dialect in DiceDialect.allCases {
      do {
        try roll(text, dialect)
      } catch let error as DiceError {
        Fuzzing.demand("\(error)".utf8.count < 4_096, "a message of \("\(error)".utf8.count) bytes")
        Fuzzing.demand((0...text.utf8.count).contains(error.position), "\(error.position) lies outside the text")
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
  let odds = try odds(of: prepared)
  let key = try ChaChaKey(bytes: [UInt8](repeating: 7, count: 32))
  var draws = RecordingDraws(ChaChaStream(key: key, stream: 0, roll: 17))
  let result = try prepared.roll(using: &draws)
  demand(result, of: prepared, odds)
  Fuzzing.demand(draws.draws.count <= prepared.diceMax, "\(draws.draws.count) dice where \(prepared.diceMax) is most")
  var tape = TapeDraws(replaying: draws.draws)
  Fuzzing.demand(try prepared.roll(using: &tape) == result, "the replay is another result")
  Fuzzing.demand(try JSON(encoding: result).decode(RollResult.self) == result, "the stored result is another")
  var numbers = RawTape(Array(text.utf8))
  demand(try prepared.roll(using: &numbers), of: prepared, odds)
}

/// The text's own bytes for faces, so that the fuzzer decides what falls.
private struct RawTape: DrawSource {
  let bytes: [UInt8]
  var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func draw(sides: UInt32) throws -> UInt32 {
    defer { index += 1 }
    return bytes.isEmpty ? 1 : UInt32(bytes[index % bytes.count]) % sides + 1
  }
}

/// Odds that cost next to nothing; nil where they would cost more.
private func odds(of prepared: PreparedRoll) throws -> Odds? {
  do {
    let odds = try prepared.odds(limits: OddsLimits(states: 300, work: 3_000))
    Fuzzing.demand(prepared.bounds.contains(odds.min), "\(odds.min) lies outside \(prepared.bounds)")
    Fuzzing.demand(prepared.bounds.contains(odds.max), "\(odds.max) lies outside \(prepared.bounds)")
    let all = odds.chance(atLeast: odds.min) + odds.tailShare
    Fuzzing.demand(abs(all - 1) < 1e-12 && odds.mean.isFinite, "all chances are \(all), the mean is \(odds.mean)")
    return odds
  } catch let error as OddsError {
    Fuzzing.demand(error.message.utf8.count < 1_024, "a message of \(error.message.utf8.count) bytes")
    return nil
  } catch let error as DiceError {
    // What some outcomes cannot give, others may.
    Fuzzing.demand(error.kind != .syntax, "what was read is refused: \(error)")
    return nil
  }
}

private func demand(_ result: RollResult, of prepared: PreparedRoll, _ odds: Odds?) {
  Fuzzing.demand(prepared.bounds.contains(result.total), "\(result.total) lies outside \(prepared.bounds)")
  guard let odds, odds.tail.isZero else { return }
  Fuzzing.demand(odds.chance(of: result.total) > 0, "\(result.total) came and has no chance")
}
