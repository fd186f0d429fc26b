import Dice
import Expressions
import Testing

@Suite("Rolling")
struct RollingTests {
  private func roll(
    _ text: String, _ faces: [UInt32], in context: FormulaContext = .empty
  ) throws -> RollResult {
    var tape = TapeDraws(faces: faces)
    let result = try DiceExpression(parsing: text).bind(to: context).roll(using: &tape)
    #expect(tape.remaining == 0, "faces left on the tape of \(text)")
    return result
  }

  @Test(
    arguments: [
      ("2d6", [3, 4], 7), ("d20", [11], 11), ("0d6", [], 0), ("d%", [100], 100), ("1d1", [1], 1), ("7", [], 7),
      ("2d6+3", [3, 4], 10), ("2d6-1d4", [3, 4, 2], 5), ("2*1d6", [5], 10), ("1+2*3", [], 7), ("(1+2)*3", [], 9),
      ("7//2", [], 3), ("-7//2", [], -4), ("7//-2", [], -4), ("-(7//2)", [], -3), ("1d6//1d4", [5, 2], 2),
      ("--1", [], 1), ("-1d6", [4], -4), ("+1d6", [4], 4), ("10-2-3", [], 5), ("1.5*3", [], 4), ("-1.5*3", [], -4),
      ("1.5*2", [], 3), ("0.5+0.5", [], 1), ("1.5//0.4", [], 3), ("1d6*0.5", [5], 2), (".5 - 1d1", [1], 0),
      ("4d6kh3", [6, 5, 4, 1], 15), ("4d6kl3", [6, 5, 4, 1], 10), ("4d6dh1", [6, 5, 4, 1], 10),
      ("4d6dl1", [6, 5, 4, 1], 15), ("4d6k", [2, 6, 3, 1], 6), ("4d6kl", [2, 6, 3, 1], 1),
      ("4d6kh9", [1, 2, 3, 4], 10),
      ("4d6dl9", [1, 2, 3, 4], 0), ("4d6kh0", [1, 2, 3, 4], 0), ("4d6dh0", [1, 2, 3, 4], 10),
      ("4d6kh3kl1", [1, 2, 3, 4], 2), ("4d6dl1dh1", [1, 2, 3, 4], 5), ("4d6kh3dl1kl1", [1, 2, 3, 4], 3),
      ("2d20kh1+5", [3, 18], 23), ("0d6kh3", [], 0), ("5d1000000kh1", [1, 999_999, 1_000_000, 2, 3], 1_000_000),
    ] as [(String, [UInt32], Int64)])
  func `totals are what the dice say`(text: String, faces: [UInt32], total: Int64) throws {
    #expect(try roll(text, faces).total == total)
  }

  @Test(
    arguments: [
      ("3d6kh1", [5, 5, 2], "3d6kh1 (5, ~5~, ~2~) = 5"), ("3d6kl1", [5, 2, 2], "3d6kl1 (~5~, 2, ~2~) = 2"),
      ("3d6dh1", [5, 5, 2], "3d6dh1 (~5~, 5, 2) = 7"), ("3d6dl1", [2, 5, 2], "3d6dl1 (~2~, 5, 2) = 7"),
    ] as [(String, [UInt32], String)])
  func `of equal dice the one rolled first is picked`(text: String, faces: [UInt32], line: String) throws {
    #expect(try roll(text, faces).text == line)
  }

  @Test(
    arguments: [
      ("1d20", [20], .success), ("1d20", [1], .failure), ("1d20", [19], nil), ("1d20+5", [20], .success),
      ("-1d20", [1], .failure), ("(1d20)*2", [20], .success), ("5+1d20", [20], nil), ("2d20kh1", [3, 20], .success),
      ("2d20kh1", [20, 1], .success), ("2d20kl1", [20, 1], .failure), ("2d20", [20, 20], nil), ("1d6", [6], nil),
      ("2d20dl1 + 1d20", [20, 3, 1], .success), ("1d20dl1", [20], nil), ("{1}d20", [20], .success),
    ] as [(String, [UInt32], RollResult.Critical?)])
  func `one kept d20 on the left decides what is critical`(
    text: String, faces: [UInt32], critical: RollResult.Critical?
  ) throws {
    #expect(try roll(text, faces).critical == critical)
  }

  @Test(
    arguments: [
      ("8d6[fire]", [1, 2, 3, 4, 5, 6, 1, 2], ["fire": 24]), ("2d6[fire]+3", [1, 2], ["fire": 3]),
      ("2d6[fire]+1d4[cold]-1[fire]", [1, 2, 4], ["fire": 2, "cold": 4]),
      ("2d6[fire][magic]", [1, 2], ["fire": 3, "magic": 3]),
      ("(2d6[fire]+3)[magic]", [1, 2], ["fire": 3, "magic": 6]), ("(2d6[fire]+3)[fire]", [1, 2], ["fire": 6]),
      ("-(2d6[fire])", [1, 2], ["fire": -3]), ("(2d6[fire]+1d4[cold])*2", [1, 2, 4], ["fire": 6, "cold": 8]),
      ("2*1d6[fire]", [5], ["fire": 10]), ("8d6[fire]//2", [1, 2, 3, 4, 5, 6, 1, 1], ["fire": 11]),
      ("1d6[a]*1.5", [3], ["a": 4]), ("4d6kh1[fire]", [6, 1, 2, 3], ["fire": 6]), ("9//2[x]", [], [:]),
      ("(5[a]-5)*9223372036854775807", [], ["a": .max]), ("(5-5[a])*9223372036854775807", [], ["a": .min]),
    ] as [(String, [UInt32], [String: Int64])])
  func `annotations say what their parts contribute`(
    text: String, faces: [UInt32], totals: [String: Int64]
  ) throws {
    #expect(try roll(text, faces).totalsByAnnotation == totals)
  }

  @Test(
    arguments: [
      (
        "4d6kh3+2", [6, 5, 4, 1], "4d6kh3 (6, 5, 4, ~1~) + 2 = 17",
        "Total 17: 4d6 keeping the highest 3 shows 6, 5, 4 and drops 1, plus 2."
      ),
      (
        "8d6[fire]//2", [1, 1, 1, 1, 1, 1, 1, 1], "8d6[fire] (1, 1, 1, 1, 1, 1, 1, 1) // 2 = 4",
        "Total 4: 8d6 fire shows 1, 1, 1, 1, 1, 1, 1, 1, divided and rounded down by 2."
      ),
      ("1d20", [20], "1d20 (20) = 20", "Total 20: 1d20 shows 20. Critical success."),
      (
        "-(1d4 + 1.5)", [3], "-(1d4 (3) + 1.5) = -4",
        "Total minus 4: minus the group 1d4 shows 3, plus 1.5, end of group."
      ),
      ("0d6", [], "0d6 () = 0", "Total 0: 0d6 shows nothing."),
      ("2d4dl2", [1, 2], "2d4dl2 (~1~, ~2~) = 0", "Total 0: 2d4 dropping the lowest 2 shows nothing and drops 1, 2."),
    ] as [(String, [UInt32], String, String)])
  func `a result can be read and heard`(text: String, faces: [UInt32], line: String, spoken: String) throws {
    let result = try roll(text, faces)
    #expect(result.text == line)
    #expect(result.spoken == spoken)
  }

  @Test func `many dice are cut short in the texts and whole in the tree`() throws {
    let result = try roll("1000d6", [UInt32](repeating: 6, count: 1_000))
    #expect(result.text.hasSuffix(", 6, … 960 more) = 6000"))
    #expect(result.spoken.hasSuffix(", 6 and 960 more."))
    guard case .dice(_, _, let dice, _) = result.root.kind else { throw ExpectedDice() }
    #expect(dice.count == 1_000)
    #expect(result.dice == 1_000)
  }

  @Test func `every die says what it showed, when it was drawn, and why it was dropped`() throws {
    let result = try roll("1d4 + 3d6kh2kl1", [4, 6, 1, 5])
    guard case .binary("+", _, let right) = result.root.kind, case .dice("3d6kh2kl1", 6, let dice, []) = right.kind
    else { throw ExpectedDice() }
    #expect(dice.map(\.faces) == [[6], [1], [5]])
    #expect(dice.map(\.draws) == [[1], [2], [3]])
    #expect(dice.map(\.value) == [6, 1, 5])
    #expect(dice.map(\.state) == [.dropped, .dropped, .kept])
    #expect(dice.map(\.why) == ["kl1", "kh2", nil])
    #expect(right.value == 5)
  }

  @Test func `results are equal when every die is`() throws {
    #expect(try roll("2d6", [3, 4]) == roll("2d6", [3, 4]))
    #expect(try roll("2d6", [3, 4]) != roll("2d6", [4, 3]))
    #expect(try roll("2d6", [3, 4]) != roll("2d6", [3, 5]))
    #expect(try roll("2d6", [3, 4]) != roll("2d6[fire]", [3, 4]))
  }

  @Test func `a divisor of dice that shows zero is an error with its place`() throws {
    let expression = try DiceExpression(parsing: "1d6 // (1d2 - 1)")
    #expect(expression.bounds == 1...6)
    var tape = TapeDraws(faces: [5, 1])
    let error = #expect(throws: DiceError.self) { try expression.bind().roll(using: &tape) }
    #expect(error?.kind == .divisionByZero)
    #expect(error?.position == 4)
    #expect(error?.message == "5 // 0 has no result: a divisor must not be zero")
  }

  @Test func `a source's error comes through`() throws {
    var tape = TapeDraws(faces: [1])
    #expect(throws: DrawError.self) { try DiceExpression(parsing: "2d6").bind().roll(using: &tape) }
  }

  @Test(
    arguments: [
      ("2d6", 2...12), ("4d6kh3+2", 5...20), ("4d6dl1", 3...18), ("4d6kh3kl1", 1...6), ("1d6-1d6", -5...5),
      ("-2d6", -12 ... -2), ("2*1d6", 2...12), ("-2*1d6", -12 ... -2), ("(1d6-3)*(1d6-3)", -6...9), ("1d6//2", 0...3),
      ("-1d6//2", -3 ... -1), ("6//1d6", 1...6), ("6//(1d5-3)", -6...6), ("1d6*0.5", 0...3), ("0d6", 0...0),
      ("1000d1000000", 1_000...1_000_000_000),
    ] as [(String, ClosedRange<Int64>)])
  func `bounds are known before any die is drawn`(text: String, bounds: ClosedRange<Int64>) throws {
    #expect(try DiceExpression(parsing: text).bounds == bounds)
  }

  private struct ExpectedDice: Error {}
}
