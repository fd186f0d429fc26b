import Dice
import Expressions
import Testing

/// Makes expressions of the whole notation.
private struct ExpressionGenerator {
  var numbers: SeededNumbers

  mutating func expression(depth: Int = 4) -> String {
    guard depth > 0 else { return term() }
    let (left, space) = (expression(depth: depth - 1), pick(["", " ", "  "]))
    return switch Int.random(in: 0..<8, using: &numbers) {
    case 0, 1: "\(left)\(space)+\(space)\(expression(depth: depth - 1))"
    case 2: "\(left)\(space)-\(space)\(expression(depth: depth - 1))"
    case 3: "\(left)\(space)*\(space)\(term())"
    case 4: "\(left)\(space)//\(space)\(pick(["2", "3", "1d4", "(1d3-2)", "-1.5"]))"
    case 5: "(\(space)\(left)\(space))\(annotation())"
    case 6: "\(pick(["-", "+", "- "]))\(left)"
    default: left
    }
  }

  private mutating func term() -> String {
    switch Int.random(in: 0..<6, using: &numbers) {
    case 0: pick(["0", "1", "2.5", ".25", "17", "3.0"])
    case 1: pick(["{level}", "{ level*1.5 }", "{max(1, str_mod) if level > 2 else 0}"]) + annotation()
    default: dice() + annotation()
    }
  }

  private mutating func dice() -> String {
    let sides = pick(["4", "6", "20", "%", "1", "1000000", "{level + 3}"])
    let modifiers = (0..<Int.random(in: 0...2, using: &numbers)).map { _ in
      pick(["k", "kh", "kl", "dh", "dl", "KH"]) + pick(["", "0", "1", "2", "3", "{level - 2}"])
    }
    return pick(["", "1", "2", "4", "0", "{level}"]) + pick(["d", "D"]) + sides + modifiers.joined()
  }

  private mutating func annotation() -> String {
    pick(["", "", "[fire]", " [cold]", "[fire][magic]"])
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &numbers)]
  }
}

@Suite("Dice properties")
struct DicePropertyTests {
  private static let count = 800

  /// Calls `body` with generated expressions that can be bound, and says with which seed one failed.
  private func forEachExpression(
    seed: UInt64, _ body: (DiceExpression, PreparedRoll, ChaChaStream) throws -> Void
  ) throws {
    let context = try FormulaContext(["level": 3, "str_mod": -1])
    var generator = ExpressionGenerator(numbers: SeededNumbers(state: seed))
    var bound = 0
    for roll in 0..<UInt64(Self.count) {
      let text = generator.expression()
      do {
        let expression = try DiceExpression(parsing: text)
        let stream = ChaChaStream(key: try countingKey(), stream: 0, roll: roll)
        try body(expression, try expression.bind(to: context), stream)
        bound += 1
      } catch let error as DiceError {
        #expect([.divisionByZero, .overflow, .limit].contains(error.kind), "\(text): \(error) (seed \(seed))")
      }
    }
    #expect(bound > Self.count / 2, "only \(bound) expressions could be rolled (seed \(seed))")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `replaying the recorded draws gives the equal result`(seed: UInt64) throws {
    try forEachExpression(seed: seed) { expression, prepared, stream in
      var recording = RecordingDraws(stream)
      let result = try prepared.roll(using: &recording)
      var tape = TapeDraws(replaying: recording.draws)
      let replayed = try prepared.roll(using: &tape)
      #expect(replayed == result, "\(expression) (seed \(seed))")
      #expect(tape.remaining == 0)
      #expect(recording.draws.count == prepared.diceMax)
      #expect(result.dice == prepared.diceMax)
    }
  }

  @Test(arguments: [4, 5, 6] as [UInt64])
  func `canonical text parses to the equal expression, which rolls the same`(seed: UInt64) throws {
    let context = try FormulaContext(["level": 3, "str_mod": -1])
    try forEachExpression(seed: seed) { expression, prepared, stream in
      let again = try DiceExpression(parsing: expression.canonicalText, limits: DiceLimits(length: 4_096))
      #expect(again == expression && again.canonicalText == expression.canonicalText, "\(expression) (seed \(seed))")
      var (first, second) = (stream, stream)
      #expect(try prepared.roll(using: &first) == again.bind(to: context).roll(using: &second))
    }
  }

  @Test(arguments: [7, 8, 9] as [UInt64])
  func `totals lie within the bounds`(seed: UInt64) throws {
    try forEachExpression(seed: seed) { expression, prepared, stream in
      var stream = stream
      for _ in 0..<5 {
        let total = try prepared.roll(using: &stream).total
        #expect(prepared.bounds.contains(total), "\(expression) = \(total) (seed \(seed))")
      }
    }
  }

  /// Keeping and dropping by sorting, which is slower and plain to see.
  @Test(arguments: [10, 11] as [UInt64])
  func `modifiers agree with sorting`(seed: UInt64) throws {
    var numbers = SeededNumbers(state: seed)
    for _ in 0..<Self.count {
      let count = Int.random(in: 0...12, using: &numbers)
      let sides = [1, 2, 3, 6, 1_000_000].randomElement(using: &numbers) ?? 6
      let picked = Int.random(in: 0...13, using: &numbers)
      let word = ["kh", "kl", "dh", "dl"].randomElement(using: &numbers) ?? "kh"
      let faces = (0..<count).map { _ in UInt32.random(in: 1...UInt32(sides), using: &numbers) }
      var tape = TapeDraws(faces: faces)
      let result = try DiceExpression(parsing: "\(count)d\(sides)\(word)\(picked)").bind().roll(using: &tape)
      let ranked = faces.sorted { word.hasSuffix("h") ? $0 > $1 : $0 < $1 }
      let kept = word.hasPrefix("k") ? ranked.prefix(picked) : ranked.dropFirst(picked)
      #expect(result.total == kept.reduce(0) { $0 + Int64($1) }, "\(result) (seed \(seed))")
    }
  }
}
