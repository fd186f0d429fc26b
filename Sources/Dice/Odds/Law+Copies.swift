extension Law {
  /// The law of the sum of independent copies; of none, a certain 0.
  ///
  /// - Throws: ``OddsError``: `range` for a negative number of copies, `overflow`, or `tooLarge`.
  func repeated(_ copies: Int, _ budget: inout OddsBudget) throws(OddsError) -> Law {
    guard copies >= 0 else { throw .outOfRange("the number of dice", copies, least: 0) }
    guard copies > 1 else { return copies == 1 ? self : .constant(0) }
    let (low, lowOverflow) = support.low.multipliedReportingOverflow(by: Int64(copies))
    guard !lowOverflow, !support.high.multipliedReportingOverflow(by: Int64(copies)).overflow else {
      throw .overflow("the sum of \(copies) totals")
    }
    guard case .lattice(_, let step, let count) = support else {
      guard let spread = onLattice(countMax: budget.limits.states / copies) else { return try doubled(copies, &budget) }
      return try spread.repeated(copies, &budget)
    }
    let (states, width) = (Double(count - 1) * Double(copies) + 1, width(ofCopies: Double(copies)))
    try budget.check(states: states, work: 0)
    guard let recurrence = PowerRecurrence(of: weights, exponent: copies),
      recurrence.work(width: width) <= doublingWork(copies)
    else { return try doubled(copies, &budget) }
    try budget.spend(states: states, work: recurrence.work(width: width))
    let denominator = try denominator.power(UInt(copies))
    return Law(
      support: .lattice(low: low, step: step, count: Int(states)),
      weights: try recurrence.weights(width: denominator.wordCount), denominator: denominator,
      tail: try tail(of: denominator, copies))
  }

  /// Of many copies is unresolved where one is.
  func tail(of power: Natural, _ copies: Int) throws(OddsError) -> Natural {
    guard !tail.isZero else { return 0 }
    var unresolved = power
    unresolved.subtract(try resolved.power(UInt(copies)))
    return unresolved
  }

  /// About how many words the denominator of many copies takes, never fewer than it does.
  func width(ofCopies copies: Double) -> Double {
    (denominator.logarithmMax * copies / 64).rounded(.down) + 1
  }

  /// A listed support on a lattice with gaps, unless that would be longer than `countMax`.
  private func onLattice(countMax: Int) -> Law? {
    let totals = (0..<support.count).map { support[$0] }
    guard let lattice = Support.lattice(through: totals, countMax: countMax) else { return nil }
    var spread = Weights(count: lattice.count, width: weights.width)
    for index in 0..<weights.count {
      spread.add(weights, index..<(index + 1), at: lattice.index(of: support[index]))
    }
    return Law(support: lattice, weights: spread, denominator: denominator, tail: tail)
  }

  /// Twice as many copies again and again, and one more where the number of copies has a bit.
  private func doubled(_ copies: Int, _ budget: inout OddsBudget) throws(OddsError) -> Law {
    try budget.check(states: 0, work: doublingWork(copies))
    var sum = self
    for bit in (0..<(Int.bitWidth - 1 - copies.leadingZeroBitCount)).reversed() {
      sum = try sum.plus(sum, &budget)
      if copies >> bit & 1 == 1 { sum = try sum.plus(self, &budget) }
    }
    return sum
  }

  /// What ``doubled(_:_:)`` takes, were the support a lattice.
  private func doublingWork(_ copies: Int) -> Double {
    let (entries, width) = (Double(weights.count), Double(weights.width))
    var (work, sum, sumWidth) = (0.0, entries, width)
    for bit in (0..<(Int.bitWidth - 1 - copies.leadingZeroBitCount)).reversed() {
      work += sum * sum * sumWidth * sumWidth
      (sum, sumWidth) = (sum * 2 - 1, sumWidth * 2)
      guard copies >> bit & 1 == 1 else { continue }
      work += sum * entries * sumWidth * width
      (sum, sumWidth) = (sum + entries - 1, sumWidth + width)
    }
    return work
  }
}
