/// What totals a roll can give, and how many of all equally likely outcomes give each: exact odds while they are
/// being computed.
///
/// The denominator is what people count with, 6⁴ for four six-sided dice, and is not reduced. Counts and ``tail`` add
/// up to it. Every operation says beforehand what it will take and refuses what the budget cannot pay.
struct Law: Sendable {
  let support: Support
  /// Outcomes by index in the support; those between the first and the last may be zero.
  let weights: Weights
  /// All outcomes; at least 1.
  let denominator: Natural
  /// Outcomes whose total was not computed, because explosions without an end were cut off.
  let tail: Natural

  /// Outcomes whose total is known.
  var resolved: Natural {
    guard !tail.isZero else { return denominator }
    var resolved = denominator
    resolved.subtract(tail)
    return resolved
  }

  /// Indices of the totals that can occur, ascending.
  var possible: [Int] {
    var possible: [Int] = []
    possible.reserveCapacity(weights.count)
    for index in 0..<weights.count where !weights.isZero(index) { possible.append(index) }
    return possible
  }

  init(support: Support, weights: Weights, denominator: Natural, tail: Natural = 0) {
    self.support = support
    self.weights = weights
    self.denominator = denominator
    self.tail = tail
  }

  /// A total that is certain.
  static func constant(_ total: Int64) -> Law {
    Law(support: .single(total), weights: Weights(words: [1]), denominator: 1)
  }

  /// One die that shows 1…`sides`, each equally often.
  ///
  /// - Throws: ``OddsError``: `range` below one side, `tooLarge` beyond the budget.
  static func die(sides: Int, _ budget: inout OddsBudget) throws(OddsError) -> Law {
    guard sides >= 1 else { throw .outOfRange("the number of sides", sides, least: 1) }
    try budget.spend(states: Double(sides), work: Double(sides) * 2)
    return Law(
      support: .lattice(low: 1, step: 1, count: sides),
      weights: Weights(words: [UInt64](repeating: 1, count: sides)), denominator: Natural(UInt64(sides)))
  }

  /// Totals in any order, each with a number of outcomes. A total that comes again has the sum of them.
  ///
  /// - Throws: ``OddsError``: `nothingLeft` when no total has an outcome, `tooLarge` beyond the budget.
  static func listed(
    _ entries: [(total: Int64, weight: Natural)], _ budget: inout OddsBudget
  ) throws(OddsError) -> Law {
    let entries = entries.filter { !$0.weight.isZero }
    guard !entries.isEmpty else { throw .nothingLeft("no total has an outcome") }
    var denominator: Natural = 0
    for entry in entries { denominator.add(entry.weight) }
    try budget.spendTotals(Double(entries.count))
    try budget.spendTable(states: Double(entries.count), width: denominator.wordCount)
    let support = Support(covering: entries.map(\.total))
    var weights = Weights(count: support.count, width: denominator.wordCount)
    let listed = Weights(entries.map(\.weight), width: denominator.wordCount)
    for (index, entry) in entries.enumerated() {
      weights.add(listed, index..<(index + 1), at: support.index(of: entry.total))
    }
    return Law(support: support, weights: weights, denominator: denominator)
  }

  /// Some of the possible entries, at least one, as outcomes of another denominator that holds their sum and `tail`.
  func restricted(to entries: [Int], of denominator: Natural, tail: Natural) -> Law {
    let kept = Support(covering: entries.map { support[$0] })
    var counts = Weights(count: kept.count, width: denominator.wordCount)
    let selected = weights.selecting(entries, width: denominator.wordCount)
    for (place, entry) in entries.enumerated() {
      counts.add(selected, place..<(place + 1), at: kept.index(of: support[entry]))
    }
    return Law(support: kept, weights: counts, denominator: denominator, tail: tail)
  }
}
