extension Law {
  /// The law of the sum of some of several independent copies, chosen by their rank.
  ///
  /// - Parameters:
  ///   - kept: for each copy, from the highest down, whether it counts; of equal ones it does not matter which.
  ///   - value: what a kept copy counts.
  /// - Throws: what `value` throws; ``OddsError``: `overflow` or `tooLarge`.
  func ranked(
    _ kept: [Bool], _ budget: inout OddsBudget, value: (Int64) throws -> Int64 = { $0 }
  ) throws -> Law {
    guard kept.contains(false) else { return try mapped(&budget, value).repeated(kept.count, &budget) }
    guard let order = RankOrder(kept) else { return try zero(ofCopies: kept.count, &budget) }
    let faces = possible
    let values: [Int64] = try faces.map { try value(support[$0]) }
    return try ranked(order, faces, KeptValues(values, budget), &budget)
  }

  /// The law of the sum of some of several independent copies, where each that is kept is rolled again: for it counts
  /// an independent total of the law that `next` gives for what it showed.
  ///
  /// - Throws: what `next` throws; ``OddsError``: `overflow` or `tooLarge`.
  func ranked(
    _ kept: [Bool], _ budget: inout OddsBudget, next: (Int64, inout OddsBudget) throws -> Law
  ) throws -> Law {
    guard kept.contains(false) else { return try mixture(&budget, next).repeated(kept.count, &budget) }
    guard let order = RankOrder(kept) else { return try zero(ofCopies: kept.count, &budget) }
    let faces = possible
    let laws: [Law] = try faces.map { try next(support[$0], &budget) }
    return try ranked(order, faces, KeptValues(of: laws, copies: order.keptCount, &budget), &budget)
  }

  private func ranked(
    _ order: RankOrder, _ faces: [Int], _ values: KeptValues, _ budget: inout OddsBudget
  ) throws(OddsError) -> Law {
    let support = try values.support(ofCopies: order.keptCount, budget)
    let valueBits = values.denominator.logarithmMax * Double(order.keptCount)
    let width = ((denominator.logarithmMax * Double(order.copies) + valueBits) / 64).rounded(.down) + 1
    let weightMax = faces.reduce(0) { max($0, weights[$1].logarithmMax) }
    try budget.spend(
      states: Double(support.count),
      work: order.work(faces: faces.count, logarithmMax: weightMax, values, width: width))
    let denominator = try denominator.power(UInt(order.copies)) * values.denominator.power(UInt(order.keptCount))
    var ranking = Ranking(order, values, width: denominator.wordCount)
    var later = resolved
    for index in order.isFromHigh ? Array(faces.indices.reversed()) : Array(faces.indices) {
      let weight = weights[faces[index]]
      later.subtract(weight)
      try ranking.place(index, weight, later: later)
    }
    var unresolved: Natural = 0
    if !tail.isZero || values.hasTail {
      unresolved = denominator
      unresolved.subtract(ranking.sums.sum(0..<support.count))
    }
    return Law(support: support, weights: ranking.sums, denominator: denominator, tail: unresolved)
  }

  /// Where no copy counts, all outcomes give 0.
  private func zero(ofCopies copies: Int, _ budget: inout OddsBudget) throws(OddsError) -> Law {
    let width = width(ofCopies: Double(copies))
    try budget.spend(states: 1, work: width * width * 2)
    let denominator = try denominator.power(UInt(copies))
    return Law(
      support: .single(0), weights: Weights([try resolved.power(UInt(copies))], width: denominator.wordCount),
      denominator: denominator, tail: try tail(of: denominator, copies))
  }
}
