/// What a kept copy counts for, by the face it shows.
struct KeptValues {
  /// Values as places on a lattice that has those of all faces, the lowest being place 0.
  enum Value {
    case certain(Int)
    /// Counts by place of what several copies add up to, by their number.
    case drawn([Weights])
  }

  private let lattice: Law.Support
  let byFace: [Value]
  /// Outcomes of one drawn value; 1 where they are certain.
  let denominator: Natural
  let hasTail: Bool

  /// - Throws: ``OddsError`` of kind `tooLarge` where the values lie farther apart than a table may be long.
  init(_ values: [Int64], _ budget: OddsBudget) throws(OddsError) {
    let lattice = try Self.lattice(through: values, budget)
    self.lattice = lattice
    byFace = values.map { .certain(lattice.index(of: $0)) }
    denominator = 1
    hasTail = false
  }

  /// - Parameter copies: the most that are kept.
  /// - Throws: ``OddsError`` of kind `tooLarge`.
  init(of laws: [Law], copies: Int, _ budget: inout OddsBudget) throws(OddsError) {
    lattice = try Self.lattice(through: laws.flatMap { law in (0..<law.weights.count).map { law.support[$0] } }, budget)
    denominator = try .commonMultiple(laws.map(\.denominator), &budget)
    hasTail = laws.contains { !$0.tail.isZero }
    var byFace: [Value] = []
    for law in laws {
      let share = denominator.quotientAndRemainder(dividingBy: law.denominator).quotient
      var one = Weights(count: lattice.count, width: denominator.wordCount)
      one.add(law, times: Weights([share], width: denominator.wordCount), on: lattice)
      byFace.append(.drawn(try Self.tables(one, denominator, copies: copies, &budget)))
    }
    self.byFace = byFace
  }

  /// The totals of so many kept copies, by place.
  ///
  /// - Throws: ``OddsError`` of kind `overflow` or `tooLarge`.
  func support(ofCopies copies: Int, _ budget: OddsBudget) throws(OddsError) -> Law.Support {
    let (low, lowOverflow) = lattice.low.multipliedReportingOverflow(by: Int64(copies))
    guard !lowOverflow, !lattice.high.multipliedReportingOverflow(by: Int64(copies)).overflow else {
      throw .overflow("the sum of \(copies) totals")
    }
    try budget.check(states: Double(lattice.count - 1) * Double(copies) + 1, work: 0)
    guard case .lattice(_, let step, _) = lattice else { return .single(low) }
    return .lattice(low: low, step: step, count: placeMax(ofCopies: copies) + 1)
  }

  /// The highest place that so many copies reach together.
  func placeMax(ofCopies copies: Int) -> Int { (lattice.count - 1) * copies }

  /// Steps for adding up one entry per place, where certain values take one.
  func work(ofCopies copies: Int) -> Double {
    guard case .drawn = byFace.first else { return 1 }
    return Double(placeMax(ofCopies: copies) + 1) * 2
  }

  private static func lattice(through values: [Int64], _ budget: OddsBudget) throws(OddsError) -> Law.Support {
    guard let lattice = Law.Support.lattice(through: values, countMax: budget.limits.states) else {
      let (low, high) = (Double(values.min() ?? 0), Double(values.max() ?? 0))
      throw .tooLarge("different totals", estimate: high - low, limit: budget.limits.states)
    }
    return lattice
  }

  private static func tables(
    _ one: Weights, _ denominator: Natural, copies: Int, _ budget: inout OddsBudget
  ) throws(OddsError) -> [Weights] {
    var tables = [Weights(words: [1])]
    var power = denominator
    for copy in stride(from: 1, through: copies, by: 1) {
      let places = (one.count - 1) * copy + 1
      try budget.spend(
        states: Double(places), work: Double(places * power.wordCount) * Double(one.count * one.width))
      var sum = Weights(count: places, width: power.wordCount)
      for place in 0..<one.count where !one.isZero(place) {
        sum.add(tables[copy - 1], 0..<tables[copy - 1].count, times: one, place, at: place)
      }
      tables.append(sum)
      power = try power * denominator
    }
    return tables
  }
}
