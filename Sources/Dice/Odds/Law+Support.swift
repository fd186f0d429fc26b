extension Law {
  /// The totals a law speaks of, ascending and each once; never none.
  enum Support: Sendable {
    /// `low`, `low + step`, and so on, `count` of them, all of which `Int64` holds.
    case lattice(low: Int64, step: Int64, count: Int)
    /// Where a lattice would be mostly gaps.
    case listed([Int64])

    var count: Int {
      switch self {
      case .lattice(_, _, let count): count
      case .listed(let totals): totals.count
      }
    }

    var low: Int64 { self[0] }
    var high: Int64 { self[count - 1] }

    /// How far totals lie apart; 0 for a single one, which fits any lattice, and nil where they are listed.
    var spacing: UInt64? {
      guard case .lattice(_, let step, let count) = self else { return nil }
      return count > 1 ? step.magnitude : 0
    }

    subscript(index: Int) -> Int64 {
      switch self {
      case .lattice(let low, let step, _): low &+ step &* Int64(index)
      case .listed(let totals): totals[index]
      }
    }

    /// Where a total stands that the support has.
    func index(of total: Int64) -> Int {
      switch self {
      case .lattice(let low, let step, _):
        return Int(truncatingIfNeeded: UInt64(bitPattern: total &- low) / step.magnitude)
      case .listed(let totals):
        var (below, above) = (0, totals.count)
        while below + 1 < above {
          let middle = (below + above) / 2
          if totals[middle] <= total { below = middle } else { above = middle }
        }
        return below
      }
    }
  }
}

extension Law.Support {
  static func single(_ total: Int64) -> Self { .lattice(low: total, step: 1, count: 1) }

  /// The support of totals in any order, at least one of them.
  init(covering totals: [Int64]) {
    self = Self.lattice(through: totals, countMax: 4 * totals.count + 64) ?? .listed(Self.ascending(totals))
  }

  /// The union of supports, at least one of them.
  init(covering parts: [Law.Support]) {
    let entries = parts.reduce(0) { $0 + $1.count }
    let lattice = Self.lattice(through: parts.flatMap(\.landmarks), countMax: 4 * entries + 64)
    self = lattice ?? .listed(Self.ascending(parts.flatMap { part in (0..<part.count).map { part[$0] } }))
  }

  /// The narrowest lattice that has all of these totals, at least one; nil where it is longer than `countMax`.
  static func lattice(through totals: [Int64], countMax: Int) -> Self? {
    var (low, high, step) = (totals[0], totals[0], UInt64(0))
    for total in totals {
      step = commonStep(step, distance(totals[0], total))
      low = min(low, total)
      high = max(high, total)
    }
    guard step > 0 else { return .single(low) }
    let gaps = distance(low, high) / step
    guard let step = Int64(exactly: step), gaps < UInt64(max(countMax, 0)) else { return nil }
    return .lattice(low: low, step: step, count: Int(gaps) + 1)
  }

  /// Totals that lie on the same lattices as all of them.
  private var landmarks: [Int64] {
    switch self {
    case .lattice: [low, self[min(1, count - 1)], high]
    case .listed(let totals): totals
    }
  }

  /// Every total moved by a function that keeps distances in proportion and, unless it reverses it, their order.
  func moved(isReversed: Bool = false, _ move: (Int64) -> Int64) -> Self {
    switch self {
    case .listed(let totals):
      return .listed((isReversed ? totals.reversed() : totals).map(move))
    case .lattice(let low, _, let count):
      let ends = isReversed ? (low: move(high), high: move(low)) : (low: move(low), high: move(high))
      guard count > 1 else { return .single(ends.low) }
      // Only two totals can lie farther apart than a step reaches.
      guard let step = Int64(exactly: Self.distance(ends.low, ends.high) / UInt64(count - 1)) else {
        return .listed([ends.low, ends.high])
      }
      return .lattice(low: ends.low, step: step, count: count)
    }
  }

  /// The sums of one total of each.
  ///
  /// - Throws: ``OddsError`` of kind `overflow`, or `tooLarge` where they have to be listed.
  func sums(with other: Self, _ budget: inout OddsBudget) throws(OddsError) -> Self {
    let (low, lowOverflow) = low.addingReportingOverflow(other.low)
    let (high, highOverflow) = high.addingReportingOverflow(other.high)
    guard !lowOverflow, !highOverflow else { throw .overflow("a sum") }
    if spacing != nil, other.spacing != nil {
      let landmarks = [low, self[min(1, count - 1)] + other.low, self.low + other[min(1, other.count - 1)], high]
      if let lattice = Self.lattice(through: landmarks, countMax: 4 * count * other.count + 64) { return lattice }
    }
    try budget.spendTotals(Double(count) * Double(other.count))
    return Self(covering: (0..<count).flatMap { index in (0..<other.count).map { self[index] + other[$0] } })
  }

  /// How many places of a lattice apart this one's totals stand there; nil where either is listed.
  func stride(in lattice: Self) -> Int? {
    guard let spacing, case .lattice(_, let step, _) = lattice else { return nil }
    return Int(truncatingIfNeeded: spacing / step.magnitude)
  }

  /// The greatest step that leads over both distances; a distance of 0 asks nothing.
  private static func commonStep(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }

  private static func distance(_ one: Int64, _ other: Int64) -> UInt64 {
    UInt64(bitPattern: max(one, other)) &- UInt64(bitPattern: min(one, other))
  }

  private static func ascending(_ totals: [Int64]) -> [Int64] {
    var ascending = totals.sorted()
    var last: Int64?
    ascending.removeAll { total in
      defer { last = total }
      return total == last
    }
    return ascending
  }
}
