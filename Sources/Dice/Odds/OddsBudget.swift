/// What is left of the limits while one answer is computed. Each operation says what it will take before it works.
struct OddsBudget: Sendable {
  let limits: OddsLimits
  private(set) var spent = 0.0

  init(_ limits: OddsLimits = .standard) {
    self.limits = limits
  }

  /// - Parameters:
  ///   - states: the totals of the result. Estimates are doubles, which do not overflow.
  ///   - work: steps with one word of a count.
  /// - Throws: ``OddsError`` of kind `tooLarge`; nothing is then spent.
  mutating func spend(states: Double, work: Double) throws(OddsError) {
    try check(states: states, work: work)
    spent += work
  }

  /// Refuses what could not be spent, and spends nothing: for an operation whose parts will be paid one by one.
  func check(states: Double, work: Double) throws(OddsError) {
    guard states <= Double(limits.states) else {
      throw .tooLarge("different totals", estimate: states, limit: limits.states)
    }
    guard spent + work <= Double(limits.work) else {
      throw .tooLarge("steps of work", estimate: spent + work, limit: limits.work)
    }
  }
}

extension OddsBudget {
  /// Pays for multiplying each entry of one law with each of another.
  mutating func spendPairs(of one: Law, _ other: Law) throws(OddsError) {
    let pairs = Double(one.weights.count) * Double(other.weights.count)
    try spend(states: 0, work: pairs * Double(one.weights.width) * Double(other.weights.width))
  }

  /// Pays for totals that are computed one by one and put in order, which takes longer than adding counts.
  mutating func spendTotals(_ totals: Double) throws(OddsError) {
    try spend(states: 0, work: totals * 16)
  }

  /// Pays for a table of counts: it is written once and read once.
  mutating func spendTable(states: Double, width: Int) throws(OddsError) {
    try spend(states: states, work: states * Double(width) * 2)
  }
}
