import Dice
import Expressions
import Foundation
import Testing

@Suite("Dice properties")
struct DicePropertyTests {
  private static let count = 400

  typealias Seed = (dialect: DiceDialect, seed: UInt64)
  static let seeds: [Seed] = DiceDialect.allCases.flatMap { dialect in (1...2).map { (dialect, $0) } }

  /// Calls `body` with generated expressions that can be bound, and says with which seed one failed.
  private func forEachExpression(
    _ seed: Seed, _ body: (DiceExpression, PreparedRoll, ChaChaStream) throws -> Void
  ) throws {
    let context = try ExpressionGenerator.context()
    var generator = ExpressionGenerator(dialect: seed.dialect, numbers: SeededNumbers(state: seed.seed))
    var bound = 0
    for roll in 0..<UInt64(Self.count) {
      let text = generator.expression()
      do {
        let expression = try DiceExpression(parsing: text, dialect: seed.dialect)
        let stream = ChaChaStream(key: try countingKey(), stream: 0, roll: roll)
        try body(expression, try expression.bind(to: context), stream)
        bound += 1
      } catch let error as DiceError {
        let isStated = [.divisionByZero, .overflow, .limit, .range, .endless].contains(error.kind)
        #expect(isStated || error.isOfCounting, "\(text): \(error) (seed \(seed))")
      }
    }
    #expect(bound > Self.count / 2, "only \(bound) expressions could be rolled (seed \(seed))")
  }

  @Test(arguments: seeds) func `replaying the recorded draws gives the equal result`(seed: Seed) throws {
    try forEachExpression(seed) { expression, prepared, stream in
      var recording = RecordingDraws(stream)
      let result = try prepared.roll(using: &recording)
      var tape = TapeDraws(replaying: recording.draws)
      let replayed = try prepared.roll(using: &tape)
      #expect(replayed == result, "\(expression) (seed \(seed))")
      #expect(tape.remaining == 0)
      #expect(recording.draws.count <= prepared.diceMax, "\(expression) (seed \(seed))")
      #expect(result.dice <= recording.draws.count)
    }
  }

  @Test(arguments: seeds) func `canonical text parses to the equal expression, which rolls the same`(seed: Seed) throws
  {
    let context = try ExpressionGenerator.context()
    try forEachExpression(seed) { expression, prepared, stream in
      let again = try DiceExpression(
        parsing: expression.canonicalText, dialect: seed.dialect, limits: DiceLimits(length: 4_096))
      #expect(again == expression && again.canonicalText == expression.canonicalText, "\(expression) (seed \(seed))")
      var (first, second) = (stream, stream)
      #expect(try prepared.roll(using: &first) == again.bind(to: context).roll(using: &second))
    }
  }

  @Test(arguments: seeds) func `totals lie within the bounds`(seed: Seed) throws {
    try forEachExpression(seed) { expression, prepared, stream in
      var stream = stream
      for _ in 0..<5 {
        let total = try prepared.roll(using: &stream).total
        #expect(prepared.bounds.contains(total), "\(expression) = \(total) (seed \(seed))")
      }
    }
  }

  @Test(arguments: seeds) func `what is stored comes back, and every draw is in the tree once`(seed: Seed) throws {
    try forEachExpression(seed) { expression, prepared, stream in
      var recording = RecordingDraws(stream)
      let result = try prepared.roll(using: &recording)
      let stored = try JSONDecoder().decode(RollResult.self, from: JSONEncoder().encode(result))
      #expect(stored == result && stored.text == result.text, "\(expression) (seed \(seed))")
      #expect(result.root.draws.sorted() == Array(recording.draws.indices), "\(expression) (seed \(seed))")
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

extension DiceError {
  /// Whether something was counted twice: a generator does not know what may stand behind a count.
  fileprivate var isOfCounting: Bool { kind == .syntax && message.hasPrefix("behind a count of dice") }
}

extension RollNode {
  /// The numbers of all draws.
  fileprivate var draws: [Int] {
    var draws = children.flatMap(\.draws)
    if case .dice(_, _, let dice, _) = kind { draws += dice.flatMap(\.draws) }
    return draws
  }
}
