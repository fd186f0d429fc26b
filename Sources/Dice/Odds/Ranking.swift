/// How many ways independent copies can show their faces in order of rank, by what those kept add up to.
///
/// Faces are placed in order of rank. The state between two faces is how many copies have shown one already and what
/// the kept among them add up to; a face that e of the remaining r copies show multiplies by C(r, e) and by its weight
/// to the power of e. Once the last kept rank is reached, the copies that remain are counted at once, so keeping the
/// highest 3 of 1,000 has three rows and not a thousand.
struct Ranking {
  private let order: RankOrder
  private let values: KeptValues

  /// By copies placed: the counts of ways, by what the kept ones of them add up to.
  private var rows: [Weights]
  /// Where a row may be other than zero.
  private var reached: [Range<Int>]
  /// The counts of ways, by what all kept copies add up to.
  private(set) var sums: Weights
  /// By copies placed; of the face being placed.
  private var endings: Weights
  /// By copies placed and copies that show the face being placed.
  private var continuations = Weights(count: 1, width: 1)
  private var continued: Natural = 0

  /// - Parameter width: words of a count.
  init(_ order: RankOrder, _ values: KeptValues, width: Int) {
    self.order = order
    self.values = values
    rows = (0..<order.depth).map { placed in
      Weights(count: values.placeMax(ofCopies: order.keptBefore[placed]) + 1, width: width)
    }
    rows[0][0] = 1
    reached = [0..<1] + [Range<Int>](repeating: 0..<0, count: order.depth - 1)
    sums = Weights(count: values.placeMax(ofCopies: order.keptCount) + 1, width: width)
    endings = Weights(count: order.depth, width: width)
  }

  /// Lets any number of the remaining copies show a face.
  ///
  /// - Parameters:
  ///   - face: its index among the values.
  ///   - weight: the outcomes that show it; not zero.
  ///   - later: the outcomes that show a face placed after it.
  mutating func place(_ face: Int, _ weight: Natural, later: Natural) throws(OddsError) {
    let value = values.byFace[face]
    try order.writeEndings(weight, later: later, to: &endings)
    for placed in 0..<order.depth where !reached[placed].isEmpty {
      let kept = order.keptCount - order.keptBefore[placed]
      Self.add(rows[placed], reached[placed], times: endings, placed, value, kept, to: &sums)
    }
    // After the last face no copies are left.
    guard !later.isZero else { return }
    if weight != continued {
      continued = weight
      let factors = order.continuations(weight)
      continuations = Weights(factors, width: factors.reduce(1) { max($0, $1.wordCount) })
    }
    // From the last row up: a row still is what it was before this face when it is added to others.
    for target in stride(from: order.depth - 1, to: 0, by: -1) {
      for placed in 0..<target where !reached[placed].isEmpty {
        let (row, places) = (rows[placed], reached[placed])
        let factor = placed * order.depth + target - placed
        let kept = order.keptBefore[target] - order.keptBefore[placed]
        let written = Self.add(row, places, times: continuations, factor, value, kept, to: &rows[target])
        let before = reached[target].isEmpty ? written : reached[target]
        reached[target] =
          min(before.lowerBound, written.lowerBound)..<max(before.upperBound, written.upperBound)
      }
    }
  }

  /// Adds what is in some places of a row, times a factor, where it comes to lie when so many copies of a value are
  /// added; returns which places that are.
  @discardableResult
  private static func add(
    _ row: Weights, _ places: Range<Int>, times factors: Weights, _ factor: Int, _ value: KeptValues.Value,
    _ kept: Int, to target: inout Weights
  ) -> Range<Int> {
    switch value {
    case .certain(let place):
      let first = places.lowerBound + place * kept
      target.add(row, places, times: factors, factor, at: first)
      return first..<(first + places.count)
    case .drawn(let tables):
      let table = tables[kept]
      for place in 0..<table.count where !table.isZero(place) {
        let product = Weights([factors[factor].product(table[place])], width: target.width)
        target.add(row, places, times: product, 0, at: places.lowerBound + place)
      }
      return places.lowerBound..<(places.upperBound + table.count - 1)
    }
  }
}
