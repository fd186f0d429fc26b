// What a function of totals does to their law. A total that cannot occur is never shown to the function.
extension Law {
  /// The law of a function of the total.
  ///
  /// - Throws: what `transform` throws; ``OddsError`` of kind `tooLarge`.
  func mapped(_ budget: inout OddsBudget, _ transform: (Int64) throws -> Int64) throws -> Law {
    try budget.spendTotals(Double(weights.count))
    let entries = possible
    let totals: [Int64] = try entries.map { try transform(support[$0]) }
    let image = Support(covering: totals)
    try budget.spendTable(states: Double(image.count), width: weights.width)
    var mapped = Weights(count: image.count, width: weights.width)
    for (entry, total) in zip(entries, totals) {
      mapped.add(weights, entry..<(entry + 1), at: image.index(of: total))
    }
    return Law(support: image, weights: mapped, denominator: denominator, tail: tail)
  }

  /// The law of a function of this total and an independent one.
  ///
  /// - Throws: what `combine` throws; ``OddsError`` of kind `tooLarge`.
  func combined(
    with other: Law, _ budget: inout OddsBudget, _ combine: (Int64, Int64) throws -> Int64
  ) throws -> Law {
    try budget.spendPairs(of: self, other)
    try budget.spendTotals(Double(weights.count) * Double(other.weights.count))
    let (entries, others) = (possible, other.possible)
    var totals: [Int64] = []
    totals.reserveCapacity(entries.count * others.count)
    for entry in entries {
      for index in others { totals.append(try combine(support[entry], other.support[index])) }
    }
    let (image, denominator) = (Support(covering: totals), denominator.product(other.denominator))
    try budget.spendTable(states: Double(image.count), width: denominator.wordCount)
    var combined = Weights(count: image.count, width: denominator.wordCount)
    var totalsLeft = totals[...]
    for entry in entries {
      for (index, total) in zip(others, totalsLeft.prefix(others.count)) {
        combined.add(weights, entry..<(entry + 1), times: other.weights, index, at: image.index(of: total))
      }
      totalsLeft.removeFirst(others.count)
    }
    return Law(support: image, weights: combined, denominator: denominator, tail: tailBeside(other))
  }

  /// The law of what is drawn in two steps: first a total of this law, then one of the law that `next` gives for it.
  /// So a random number of dice is rolled, and so are dice rolled again.
  ///
  /// The denominator is this one times the least common multiple of the others.
  ///
  /// - Throws: what `next` throws; ``OddsError`` of kind `tooLarge`.
  func mixture(
    _ budget: inout OddsBudget, _ next: (Int64, inout OddsBudget) throws -> Law
  ) throws -> Law {
    let entries = possible
    let parts: [Law] = try entries.map { try next(support[$0], &budget) }
    let common = try Natural.commonMultiple(parts.map(\.denominator), &budget)
    let denominator = denominator.product(common)
    try budget.spendTotals(parts.reduce(0) { $0 + Double($1.weights.count) })
    let union = Support(covering: parts.map(\.support))
    let width = denominator.wordCount
    let added = parts.reduce(union.count) { $0 + $1.weights.count * $1.weights.width }
    try budget.spend(states: Double(union.count), work: Double(added) * Double(width))
    var (mixed, tail) = (Weights(count: union.count, width: width), tail.product(common))
    for (entry, part) in zip(entries, parts) {
      let share = weights[entry].product(common.quotientAndRemainder(dividingBy: part.denominator).quotient)
      mixed.add(part, times: Weights([share], width: width), on: union)
      if !part.tail.isZero { tail.add(share.product(part.tail)) }
    }
    return Law(support: union, weights: mixed, denominator: denominator, tail: tail)
  }
}

extension Weights {
  /// Adds the counts of a law, multiplied by a single factor, where its totals stand in a support that has them all.
  mutating func add(_ law: Law, times factor: Weights, on support: Law.Support) {
    if let stride = law.support.stride(in: support) {
      let place = support.index(of: law.support.low)
      add(law.weights, 0..<law.weights.count, times: factor, 0, at: place, stride: stride)
    } else {
      for index in law.possible {
        add(law.weights, index..<(index + 1), times: factor, 0, at: support.index(of: law.support[index]))
      }
    }
  }
}

extension Natural {
  /// The least number that all of these, none of them zero, divide.
  static func commonMultiple(_ naturals: [Natural], _ budget: inout OddsBudget) throws(OddsError) -> Natural {
    var common: Natural = 1
    for natural in naturals where natural != common && natural != 1 {
      let (smaller, larger) = natural < common ? (natural, common) : (common, natural)
      try budget.spend(states: 0, work: Double(smaller.wordCount * larger.wordCount))
      // Mostly these are powers of one number, of which the greatest is the common multiple.
      if larger.quotientAndRemainder(dividingBy: smaller).remainder.isZero {
        common = larger
      } else {
        try budget.spend(states: 0, work: Double(smaller.wordCount * larger.wordCount) * 64)
        let divisor = greatestCommonDivisor(smaller, larger)
        common = try larger * smaller.quotientAndRemainder(dividingBy: divisor).quotient
      }
    }
    return common
  }
}
