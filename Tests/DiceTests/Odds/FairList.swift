import Testing

@testable import Dice

/// Every equally likely outcome written out, one total each: what a law says, without any arithmetic of counts.
struct FairList {
  var totals: [Int64]
  /// Outcomes that stay unresolved.
  var unresolved = 0

  static func die(_ sides: Int64) -> FairList { FairList(totals: Array(1...sides)) }

  var count: Int { totals.count + unresolved }

  /// All sequences of so many independent outcomes.
  func sequences(_ length: Int) -> [[Int64]] {
    (0..<length).reduce([[]]) { sequences, _ in sequences.flatMap { sequence in totals.map { sequence + [$0] } } }
  }

  func ofSequences(_ length: Int, _ total: ([Int64]) throws -> Int64) rethrows -> FairList {
    FairList(totals: try sequences(length).map(total))
  }

  /// The sum of those kept by rank from the highest down.
  func ranked(_ kept: [Bool], _ value: (Int64) -> Int64 = { $0 }) -> FairList {
    ofSequences(kept.count) { sequence in
      zip(sequence.sorted(by: >), kept).reduce(0) { $1.1 ? $0 + value($1.0) : $0 }
    }
  }

  func combined(with other: FairList, _ combine: (Int64, Int64) -> Int64) -> FairList {
    FairList(totals: totals.flatMap { total in other.totals.map { combine(total, $0) } })
  }

  /// Each outcome followed by one of another list; all lists as long as their common multiple.
  func followed(by next: (Int64) -> FairList) -> FairList {
    let lists = totals.map(next)
    let length = lists.reduce(1) { length, list in
      (1...list.count).lazy.map { length * $0 }.first { $0 % list.count == 0 } ?? length
    }
    var followed = FairList(totals: [])
    for list in lists {
      let copies = length / list.count
      followed.totals += (0..<copies).flatMap { _ in list.totals }
      followed.unresolved += copies * list.unresolved
    }
    return followed
  }

  var counts: [Int64: Int] {
    totals.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// The law with these outcomes, made from their numbers.
  func law() throws -> Law {
    var budget = OddsBudget()
    return try Law.listed(counts.map { ($0.key, Natural(UInt64($0.value))) }, &budget)
  }
}

/// Expects a law to be what a list says, under the standard limits.
func expectOutcomes(
  _ list: FairList, at location: SourceLocation = #_sourceLocation, _ law: (inout OddsBudget) throws -> Law
) throws {
  var budget = OddsBudget()
  let difference = difference(of: try law(&budget), from: list)
  #expect(difference == nil, "\(difference ?? "")", sourceLocation: location)
}

/// Why a law is not what a list says, or breaks its own rules; nil when all is well.
func difference(of law: Law, from list: FairList) -> String? {
  if let fault = fault(of: law) { return fault }
  let odds = Odds(law)
  let found = odds.outcomes.map { "\($0.total): \($0.count)" }
  let expected = list.counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
  if found != expected { return "\(found) instead of \(expected)" }
  if odds.denominator != Natural(UInt64(list.count)) { return "of \(odds.denominator) instead of \(list.count)" }
  if odds.tail != Natural(UInt64(list.unresolved)) { return "tail \(odds.tail) instead of \(list.unresolved)" }
  return nil
}

/// What is wrong with a law by itself: its counts add up, its ends can occur, its table is as wide as it must be.
func fault(of law: Law) -> String? {
  var sum = law.tail
  for index in 0..<law.weights.count { sum.add(law.weights[index]) }
  if sum != law.denominator { return "counts and tail add up to \(sum), not \(law.denominator)" }
  if law.weights.isZero(0) || law.weights.isZero(law.weights.count - 1) { return "an end has no outcome" }
  if law.weights.count != law.support.count { return "\(law.weights.count) counts of \(law.support.count) totals" }
  if law.weights.width != law.denominator.wordCount { return "counts are \(law.weights.width) words wide" }
  for index in 0..<law.support.count where law.support.index(of: law.support[index]) != index {
    return "\(law.support[index]) is not found at \(index)"
  }
  for index in 1..<max(law.support.count, 1) where law.support[index] <= law.support[index - 1] {
    return "totals do not ascend at \(index)"
  }
  return nil
}
