extension Law {
  /// The law where a total that matches is rolled again, and so again, at most `rerolls` times; the last one stands.
  ///
  /// The denominator is that of one more roll than there may be rerolls: 8² for a d8 rerolled once. Where nothing
  /// matches the law is unchanged.
  ///
  /// - Throws: ``OddsError``: `range` for a negative number, or `tooLarge`.
  func rerolled(
    atMost rerolls: Int, _ budget: inout OddsBudget, where matches: (Int64) -> Bool
  ) throws(OddsError) -> Law {
    guard rerolls >= 0 else { throw .outOfRange("the number of rerolls", rerolls, least: 0) }
    let rerolled = possible.filter { matches(support[$0]) }
    guard rerolls > 0, !rerolled.isEmpty else { return self }
    let width = width(ofCopies: Double(rerolls) + 1)
    try budget.spendTotals(Double(weights.count))
    try budget.spend(
      states: Double(weights.count),
      work: (Double(weights.count) + 4 * Double(rerolls)) * Double(weights.width) * width + width * width * 2)
    let missed = weights.sum(rerolled)
    // A total that stands comes after j rolls that do not, for each j up to `rerolls`; one that does not stand comes
    // at the very end.
    var (stands, matched): (Natural, Natural) = (1, 1)
    for _ in 0..<rerolls {
      matched = try matched * missed
      stands = try stands * denominator
      stands.add(matched)
    }
    let power = try denominator.power(UInt(rerolls)).product(denominator)
    var result = Weights(count: weights.count, width: power.wordCount)
    let factors = Weights([stands, matched], width: power.wordCount)
    let isRerolled = Set(rerolled)
    for index in 0..<weights.count {
      result.add(
        weights, index..<(index + 1), times: factors, isRerolled.contains(index) ? 1 : 0, at: index)
    }
    return Law(support: support, weights: result, denominator: power, tail: tail.product(stands))
  }

  /// The law where a total that matches is rolled again until one does not: the others, among themselves.
  ///
  /// The denominator is the number of outcomes that do not match.
  ///
  /// - Throws: ``OddsError`` of kind `nothingLeft` where every total matches, or `tooLarge`.
  func rerolledUntilNone(
    _ budget: inout OddsBudget, where matches: (Int64) -> Bool
  ) throws(OddsError) -> Law {
    try budget.spendTotals(Double(weights.count))
    try budget.spendTable(states: Double(weights.count), width: weights.width)
    let kept = possible.filter { !matches(support[$0]) }
    guard !kept.isEmpty else { throw .nothingLeft("every total is rolled again") }
    var left = tail
    left.add(weights.sum(kept))
    return restricted(to: kept, of: left, tail: tail)
  }
}
