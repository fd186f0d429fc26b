import Foundation
import Testing

@testable import Dice

/// Distributions computed elsewhere: `Fixtures/exact_sample.jsonl`, a roll per line.
@Suite("Exact sample")
struct ExactSampleTests {
  struct Sample: Decodable, Sendable, CustomTestStringConvertible {
    let expr: String
    let den: String
    let pmf: [String: String]
    let mean: Double
    let sd: Double

    var testDescription: String { expr }
  }

  private static let samples: [Sample] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/exact_sample.jsonl")
    let lines = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.compactMap { try? JSONDecoder().decode(Sample.self, from: Data($0.utf8)) }
  }()

  /// The law of `NdS` with at most one modifier: just enough of the notation for the sample.
  private func law(_ text: String, _ budget: inout OddsBudget) throws -> Law {
    let pattern = /(?<count>\d+)d(?<sides>\d+)(?:(?<name>[a-z]+)(?:<=|>=)?(?<number>\d+))?/
    let found = try #require(text.wholeMatch(of: pattern))
    let count = try #require(Int(found.count))
    let die = try Law.die(sides: #require(Int(found.sides)), &budget)
    guard let name = found.name else { return try die.repeated(count, &budget) }
    let number = try #require(found.number.flatMap { Int64($0) })
    switch name {
    case "kh": return try die.ranked((0..<count).map { $0 < number }, &budget)
    case "kl": return try die.ranked((0..<count).map { $0 >= count - Int(number) }, &budget)
    case "rr": return try die.rerolledUntilNone(&budget) { $0 <= number }.repeated(count, &budget)
    case "r": return try die.rerolled(atMost: 1, &budget) { $0 <= number }.repeated(count, &budget)
    case "min": return try die.mapped(&budget) { max($0, number) }.repeated(count, &budget)
    case "cs": return try die.mapped(&budget) { $0 >= number ? 1 : 0 }.repeated(count, &budget)
    default: throw UnknownModifier(name: String(name))
    }
  }

  private struct UnknownModifier: Error { let name: String }

  @Test(arguments: samples)
  func `odds agree`(sample: Sample) throws {
    var budget = OddsBudget()
    let odds = Odds(try law(sample.expr, &budget))
    #expect(odds.denominator.description == sample.den)
    #expect(Dictionary(uniqueKeysWithValues: odds.pmf.map { ($0.total, $0.count) }) == sample.pmf)
    #expect(abs(odds.mean - sample.mean) <= 1e-9)
    #expect(abs(odds.standardDeviation - sample.sd) <= 1e-9)
  }

  @Test func `the sample is whole`() {
    #expect(Self.samples.count == 40)
  }
}
