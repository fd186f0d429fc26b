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
