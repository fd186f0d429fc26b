import Dice
import Expressions
import Foundation
import Testing

/// Rolls that Avrae's `d20` 1.1.2 made from tapes of numbers, as that library reports them.
@Suite("The d20 dialect beside d20 itself")
struct D20SampleTests {
  struct Sample: Decodable {
    let expr: String
    let tape: [UInt64]
    let used: [Int64]?
    let total: Int64?
    let float: Double?
    let crit: Int?
    let error: String?
  }

  static let samples: [Sample] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/d20_tape_sample.jsonl")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { try? JSONDecoder().decode(Sample.self, from: Data($0.utf8)) }
  }()

  @Test func `all of them are there`() {
    #expect(Self.samples.count == 200)
  }

  @Test func `totals, criticals and faces are the same`() throws {
    for sample in Self.samples {
      var tape = RawTape(sample.tape)
      do {
        let result = try DiceExpression(parsing: sample.expr, dialect: .d20).bind().roll(using: &tape)
        #expect(sample.error == nil, "\(sample.expr) gave \(result.total)")
        #expect(result.total == sample.total, "\(sample.expr)")
        #expect(result.root.value.asDouble == sample.float, "\(sample.expr)")
        #expect(result.critical.map { $0 == .success ? 1 : 2 } ?? 0 == sample.crit, "\(sample.expr)")
        #expect(result.root.drawnFaces.sorted() == sample.used?.sorted(), "\(sample.expr)")
      } catch {
        #expect(sample.error != nil, "\(sample.expr): \(error)")
      }
    }
  }
}

/// Numbers instead of a generator: a face is the next one modulo the sides, plus one.
struct RawTape: DrawSource {
  private let numbers: [UInt64]
  private var index = 0

  init(_ numbers: [UInt64]) { self.numbers = numbers }

  mutating func draw(sides: UInt32) throws -> UInt32 {
    defer { index += 1 }
    return UInt32(numbers[index % numbers.count] % UInt64(sides)) + 1
  }
}

extension RollNode {
  /// Every face that was drawn, in no order.
  var drawnFaces: [Int64] {
    if case .dice(_, _, let dice, _) = kind { return dice.flatMap(\.faces) }
    return children.flatMap(\.drawnFaces)
  }
}
