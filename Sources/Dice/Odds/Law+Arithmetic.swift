extension Law {
  /// The law of the total with its sign changed.
  ///
  /// - Throws: ``OddsError`` of kind `overflow` where the lowest total is `Int64.min`.
  func negated() throws(OddsError) -> Law {
    guard support.low > .min else { throw .overflow("minus \(support.low)") }
    return onSupport(support.moved(isReversed: true) { -$0 }, isReversed: true)
  }

  /// The law of the total plus a constant.
  ///
  /// - Throws: ``OddsError`` of kind `overflow`.
  func shifted(by constant: Int64) throws(OddsError) -> Law {
    guard !support.low.addingReportingOverflow(constant).overflow,
      !support.high.addingReportingOverflow(constant).overflow
    else { throw .overflow("adding \(constant)") }
    return onSupport(support.moved { $0 + constant })
  }

  /// The law of the total times a constant.
  ///
  /// - Throws: ``OddsError`` of kind `overflow`.
  func scaled(by factor: Int64) throws(OddsError) -> Law {
    guard !support.low.multipliedReportingOverflow(by: factor).overflow,
      !support.high.multipliedReportingOverflow(by: factor).overflow
    else { throw .overflow("multiplying by \(factor)") }
    guard factor != 0 else {
      return Law(
        support: .single(0), weights: Weights([resolved], width: denominator.wordCount), denominator: denominator,
        tail: tail)
    }
    return onSupport(support.moved(isReversed: factor < 0) { $0 * factor }, isReversed: factor < 0)
  }

  /// The law of the sum of this and an independent total.
  ///
  /// - Throws: ``OddsError`` of kind `overflow` or `tooLarge`.
  func plus(_ other: Law, _ budget: inout OddsBudget) throws(OddsError) -> Law {
    if other.weights.count == 1, other.denominator == 1 { return try shifted(by: other.support.low) }
    guard weights.count >= other.weights.count else { return try other.plus(self, &budget) }
    try budget.spendPairs(of: self, other)
    let (totals, denominator) = (try support.sums(with: other.support, &budget), denominator.product(other.denominator))
    try budget.spendTable(states: Double(totals.count), width: denominator.wordCount)
    var sums = Weights(count: totals.count, width: denominator.wordCount)
    for index in other.possible {
      if let stride = support.stride(in: totals) {
        // Each entry of the shorter law adds the longer one as a row.
        let place = totals.index(of: support.low + other.support[index])
        sums.add(weights, 0..<weights.count, times: other.weights, index, at: place, stride: stride)
      } else {
        for entry in possible {
          let place = totals.index(of: support[entry] + other.support[index])
          sums.add(weights, entry..<(entry + 1), times: other.weights, index, at: place)
        }
      }
    }
    return Law(support: totals, weights: sums, denominator: denominator, tail: tailBeside(other))
  }

  /// Of a pair is unresolved where one of the two is.
  func tailBeside(_ other: Law) -> Natural {
    guard !tail.isZero || !other.tail.isZero else { return 0 }
    var unresolved = denominator.product(other.denominator)
    unresolved.subtract(resolved.product(other.resolved))
    return unresolved
  }

  private func onSupport(_ support: Support, isReversed: Bool = false) -> Law {
    let turned = isReversed ? weights.selecting((0..<weights.count).reversed(), width: weights.width) : weights
    return Law(support: support, weights: turned, denominator: denominator, tail: tail)
  }
}
