extension Law {
  /// How long a die goes on exploding.
  enum Explosions: Sendable, Hashable {
    /// At most so many times in a row; the last die stands whatever it shows.
    case atMost(Int)
    /// Without an end. What would still explode after `depthMax` more dice, or once less than 2^−`bits` of all outcomes
    /// would, goes to ``Law/tail``.
    case endless(bits: Int, depthMax: Int)
  }

  /// The law of a die's total where each die that matches adds another one.
  ///
  /// The denominator is this one to the power of the most dice.
  ///
  /// - Throws: ``OddsError``: `range` for a negative number of explosions, `nothingLeft` where every die of an endless
  ///   one explodes, `overflow` or `tooLarge`.
  func exploding(
    _ explosions: Explosions, _ budget: inout OddsBudget, where matches: (Int64) -> Bool
  ) throws -> Law {
    try budget.spendTotals(Double(weights.count))
    let exploding = possible.filter { matches(support[$0]) }
    let share = Natural.ratio(of: weights.sum(exploding), to: denominator)
    let depth = depth(of: explosions, share: share, depthMax: budget.limits.states)
    guard depth >= 0 else { throw OddsError.outOfRange("the number of explosions", depth, least: 0) }
    guard !exploding.isEmpty else { return self }
    var total = self
    if case .endless = explosions { total = try cut(exploding) }
    try checkExplosions(exploding.count, depth: Double(depth), budget)
    let faces = Set(exploding.map { support[$0] })
    for _ in 0..<depth {
      let next = total
      total = try mixture(&budget) { face, _ in faces.contains(face) ? try next.shifted(by: face) : .constant(face) }
    }
    return total
  }

  /// - Parameter depthMax: beyond which odds would be refused anyway.
  private func depth(of explosions: Explosions, share: Double, depthMax: Int) -> Int {
    switch explosions {
    case .atMost(let most):
      return most
    case .endless(let bits, let ownDepthMax):
      // Beyond 2^1000 doubles end, and so does any use.
      let bound = Double(sign: .plus, exponent: -min(max(bits, 0), 1_000), significand: 1)
      var (depth, left) = (0, share)
      while left > bound, depth < min(depthMax, ownDepthMax) { (depth, left) = (depth + 1, left * share) }
      return depth
    }
  }

  /// One die, of which what explodes is unresolved.
  private func cut(_ exploding: [Int]) throws(OddsError) -> Law {
    let isExploding = Set(exploding)
    let kept = possible.filter { !isExploding.contains($0) }
    guard !kept.isEmpty else { throw .nothingLeft("every die explodes") }
    var cutOff = tail
    cutOff.add(weights.sum(exploding))
    return restricted(to: kept, of: denominator, tail: cutOff)
  }

  /// Refuses beforehand what the mixtures, one for each further die, could not be paid from.
  private func checkExplosions(_ exploding: Int, depth: Double, _ budget: OddsBudget) throws(OddsError) {
    let width = width(ofCopies: depth + 1)
    let states = Double(weights.count) * (depth + 1)
    try budget.check(
      states: states, work: (Double(exploding) * states / 2 + Double(weights.count)) * depth * (width * width / 2 + 16))
  }
}
