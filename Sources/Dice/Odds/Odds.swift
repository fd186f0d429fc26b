/// The exact odds of a roll: each total it can give, and how many of all equally likely outcomes give it.
///
/// Counts share one ``denominator``, which is not reduced: of four six-sided dice it is 6⁴ = 1296. They and ``tail`` add
/// up to it. At least one total has a count.
public struct Odds: Sendable, Hashable {
  /// All outcomes, the unresolved ones included; at least 1.
  public let denominator: Natural
  /// Outcomes that were not computed, because explosions without an end were cut off; zero otherwise. Every chance is
  /// then at most ``tailShare`` too low.
  public let tail: Natural
  /// Those that can occur, ascending.
  let totals: [Int64]
  /// By index in `totals`; none is zero.
  let weights: Weights

  init(_ law: Law) {
    let possible = law.possible
    denominator = law.denominator
    tail = law.tail
    totals = possible.map { law.support[$0] }
    weights =
      possible.count == law.weights.count ? law.weights : law.weights.selecting(possible, width: law.weights.width)
  }

  private init(denominator: Natural, tail: Natural, totals: [Int64], weights: Weights) {
    self.denominator = denominator
    self.tail = tail
    self.totals = totals
    self.weights = weights
  }

  /// A total and the number of outcomes that give it.
  public struct Outcome: Sendable, Hashable {
    public let total: Int64
    /// At least 1.
    public let count: Natural
  }

  /// Each total that can occur once, ascending. A count is made when it is read.
  public struct Outcomes: RandomAccessCollection, Sendable {
    let odds: Odds

    public var startIndex: Int { 0 }
    public var endIndex: Int { odds.totals.count }

    public subscript(index: Int) -> Outcome {
      Outcome(total: odds.totals[index], count: odds.weights[index])
    }
  }

  public var outcomes: Outcomes { Outcomes(odds: self) }

  /// Total and count in decimal, in ascending order of totals: what JSON shows, whose numbers would not hold the counts.
  public var pmf: [(total: String, count: String)] {
    outcomes.map { (String($0.total), $0.count.description) }
  }

  /// The same odds with the least denominator: 1/6 instead of 216/1296. Beyond 4,096 bits, where finding it takes
  /// longer than most odds do, they are returned as they are.
  public func reduced() -> Odds {
    guard denominator.bitWidth <= 4_096 else { return self }
    var divisor = Natural.greatestCommonDivisor(denominator, tail)
    for outcome in outcomes where divisor != 1 { divisor = .greatestCommonDivisor(outcome.count, divisor) }
    guard divisor != 1 else { return self }
    func reduced(_ count: Natural) -> Natural { count.quotientAndRemainder(dividingBy: divisor).quotient }
    let denominator = reduced(denominator)
    return Odds(
      denominator: denominator, tail: reduced(tail), totals: totals,
      weights: Weights(outcomes.map { reduced($0.count) }, width: denominator.wordCount))
  }
}
