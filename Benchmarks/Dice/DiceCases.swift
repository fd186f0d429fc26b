import Dice
import Expressions
import StrictJSON

/// What is measured, and what the peers are asked to do for it.
struct DiceCases {
  /// With peers and targets.
  let compared: [DiceCase]
  /// What the compared work consists of, and what comes before or after it.
  let alone: [DiceCase]
  /// 8d6 without its tree, and with it.
  let roll: DiceCase
  let rollWithTree: DiceCase

  var all: [DiceCase] { compared + alone }

  private static let hot = ["8d6", "4d6kh3+5"]
  private static let odds = ["4d6kh3", "40d6"]
  private static let formulas = [
    "floor(level*1.5) + 3 if proficient else max(1, str_mod)",
    "min(20, 10 + dex_mod + (prof if proficient else 0))",
    "max(0, round(hp / 2) - rage*2)",
  ]
  private static let numbers = ["level": 11, "prof": 4, "hp": 32, "rage": 2, "str_mod": -1, "dex_mod": 3]
  /// What the formulas read, as it arrives: a context is made of it each time.
  private static let values = numbers.mapValues { FormulaContext.Entry.integer(Int64($0)) }
    .merging(["proficient": true]) { $1 }

  init() throws {
    let rolls = try Rolls()
    roll = try rolls.roll("8d6")
    rollWithTree = try rolls.rollWithTree("8d6", target: 20)
    compared =
      try [rollWithTree, rolls.coldRoll("8d6"), rolls.rollWithTree("4d6kh3+5", target: 20)]
      + Self.formulas.map { try Self.compiled($0) } + Self.formulas.map { Self.cold($0) }
      + Self.odds.map { try Self.odds(of: $0) }
    alone = try [roll, rolls.rollWithText("8d6"), rolls.rollAsOperation("8d6")]
  }

  // MARK: Rolls

  private struct Rolls {
    private let key: ChaChaKey
    private let counter = Counter()

    /// The number of the roll: each has a stream of its own, as each operation of the server has.
    private final class Counter {
      var number: UInt64 = 0
    }

    init() throws { key = try ChaChaKey(bytes: [UInt8](0..<32)) }

    private func nextStream() -> ChaChaStream {
      counter.number += 1
      return ChaChaStream(key: key, stream: 0, roll: counter.number)
    }

    func roll(_ notation: String) throws -> DiceCase {
      let prepared = try DiceExpression(parsing: notation).bind()
      return DiceCase("bare \(notation)", "\(notation) again and again, without its tree") {
        var draws = nextStream()
        return Int(try prepared.roll(using: &draws).total)
      }
    }

    func rollWithTree(_ notation: String, target: Double) throws -> DiceCase {
      let prepared = try DiceExpression(parsing: notation).bind()
      return DiceCase("hot \(notation)", "\(notation) again and again, with the tree a journal keeps", target: target) {
        var draws = nextStream()
        let result = try prepared.roll(using: &draws)
        return Int(result.root.value.asDouble)
      }
    }

    func rollWithText(_ notation: String) throws -> DiceCase {
      let prepared = try DiceExpression(parsing: notation).bind()
      return DiceCase("text \(notation)", "\(notation) again and again, with its tree, and all of it as JSON text") {
        var draws = nextStream()
        return try JSON(encoding: prepared.roll(using: &draws)).canonicalBytes().count
      }
    }

    /// The server rolls through any source and keeps each draw, so that it can be written down and checked.
    func rollAsOperation(_ notation: String) throws -> DiceCase {
      let prepared = try DiceExpression(parsing: notation).bind()
      return DiceCase("kept \(notation)", "\(notation) again and again, with its tree, draws noted as by the server") {
        var draws: any DrawSource = RecordingDraws(nextStream())
        let result = try prepared.roll(using: &draws)
        return Int(result.root.value.asDouble)
      }
    }

    func coldRoll(_ notation: String) throws -> DiceCase {
      DiceCase("cold \(notation)", "\(notation) from its text each time, with its tree", target: 12) {
        var draws = nextStream()
        let result = try DiceExpression(parsing: notation).bind().roll(using: &draws)
        return Int(result.root.value.asDouble)
      }
    }
  }

  // MARK: Formulas

  private static func compiled(_ text: String) throws -> DiceCase {
    let formula = try Formula(parsing: text)
    return DiceCase("compiled \(text)", "\(text), compiled", target: 10) {
      Int(try formula.value(in: FormulaContext(values)).number.asDouble)
    }
  }

  private static func cold(_ text: String) -> DiceCase {
    DiceCase("cold \(text)", "\(text), cold", target: 5) {
      Int(try Formula(parsing: text).value(in: FormulaContext(values)).number.asDouble)
    }
  }

  // MARK: Odds

  /// Reads every count, as icepool's are there to be read.
  private static func odds(of notation: String) throws -> DiceCase {
    let prepared = try DiceExpression(parsing: notation).bind()
    return DiceCase("odds \(notation)", "exact odds of \(notation)", target: 3) {
      try prepared.odds().outcomes.reduce(0) { $0 &+ Int($1.total) &+ $1.count.bitWidth }
    }
  }

  // MARK: Peers

  func question(seconds: Double) -> DicePeers.Question {
    DicePeers.Question(
      seconds: seconds, hot: Self.hot, cold: ["8d6"], formulas: Self.formulas, odds: Self.odds, numbers: Self.numbers,
      booleans: ["proficient": true])
  }

  struct Difference: Error, CustomStringConvertible {
    let description: String
  }

  /// - Throws: ``Difference`` where the peers came to something else: then other work was measured.
  func check(_ answer: DicePeers.Answer) throws {
    for text in Self.formulas {
      let value = try Formula(parsing: text).value(in: FormulaContext(Self.values)).number.asDouble
      guard answer.values[text] == value else {
        throw Difference(description: "'\(text)' is \(value) here and \(answer.values[text] ?? .nan) to simpleeval")
      }
    }
    for notation in Self.odds {
      let odds = try DiceExpression(parsing: notation).bind().odds()
      guard answer.odds[notation] == Dictionary(uniqueKeysWithValues: odds.pmf.map { ($0.total, $0.count) }) else {
        throw Difference(description: "the odds of \(notation) are not what icepool says")
      }
    }
  }
}
