/// Goes through every way the dice of a roll can fall, by rolling it with each: what no law is known for.
struct Exhaustion {
  private let plan: RollPlan
  private let limits: OddsLimits

  init(_ plan: RollPlan, _ limits: OddsLimits) {
    self.plan = plan
    self.limits = limits
  }

  /// - Throws: ``OddsError`` of kind `tooLarge`; ``DiceError`` where a roll has no result.
  func law() throws -> Law {
    var draws = EveryDraw()
    var counts: [Outcome: UInt64] = [:]
    var cut: [UInt64: UInt64] = [:]
    var rolls = 0
    repeat {
      rolls += 1
      guard rolls <= limits.states else {
        throw OddsError.tooLarge("rolls to go through", estimate: draws.estimate, limit: limits.states)
      }
      do {
        let total = try plan.roll(using: &draws).total()
        counts[Outcome(total: total, ways: draws.ways), default: 0] += 1
      } catch is EveryDraw.TooRare {
        cut[draws.ways, default: 0] += 1
      }
    } while draws.next()
    return try law(counts, cut)
  }

  /// A total, and one in how many an outcome of it is.
  private struct Outcome: Hashable {
    let total: Int64
    let ways: UInt64
  }

  private func law(_ counts: [Outcome: UInt64], _ cut: [UInt64: UInt64]) throws -> Law {
    var budget = OddsBudget(limits)
    let ways = Set(counts.keys.map(\.ways)).union(cut.keys)
    let common = try Natural.commonMultiple(ways.sorted().map { Natural($0) }, &budget)
    func share(_ ways: UInt64, _ count: UInt64) -> Natural {
      common.quotientAndRemainder(dividingBy: Natural(ways)).quotient.product(Natural(count))
    }
    let law = try Law.listed(counts.map { ($0.key.total, share($0.key.ways, $0.value)) }, &budget)
    let tail = cut.reduce(into: Natural(0)) { $0.add(share($1.key, $1.value)) }
    return Law(
      support: law.support, weights: law.weights.selecting(0..<law.weights.count, width: common.wordCount),
      denominator: common, tail: tail)
  }
}

/// Every face after another: the last die that was drawn moves on first, as the wheels of a counter do.
private struct EveryDraw: DrawSource {
  /// Less than 2^−62 of all outcomes would fall like this.
  struct TooRare: Error {}

  private var faces: [(face: UInt32, sides: UInt32)] = []
  private var index = 0
  /// One in how many rolls goes like this one so far.
  private(set) var ways: UInt64 = 1

  mutating func draw(sides: UInt32) throws -> UInt32 {
    if index == faces.count {
      guard ways < 1 << 62 / UInt64(sides) else { throw TooRare() }
      faces.append((1, sides))
    }
    defer { index += 1 }
    ways *= UInt64(sides)
    return faces[index].face
  }

  /// Moves on; false once every roll was made.
  mutating func next() -> Bool {
    // Dice that this roll did not ask for are none.
    faces.removeSubrange(index...)
    while let last = faces.last, last.face == last.sides { faces.removeLast() }
    index = 0
    ways = 1
    guard !faces.isEmpty else { return false }
    faces[faces.count - 1].face += 1
    return true
  }

  /// About how many rolls there are, were they all like this one.
  var estimate: Double { faces.reduce(1) { $0 * Double($1.sides) } }
}
