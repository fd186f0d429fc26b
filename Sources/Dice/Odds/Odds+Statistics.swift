// Everything is exact until the last division, square root or rounding, so each figure is within one unit of a double's
// last place. Shape — mean, deviation, median and modes — is that of the outcomes resolved, as if there were no others;
// chances are of all outcomes.
extension Odds {
  /// The chance of exactly this total.
  public func chance(of total: Int64) -> Double {
    let index = index(of: total)
    guard index < totals.count, totals[index] == total else { return 0 }
    return Natural.ratio(of: weights[index], to: denominator)
  }

  /// The chance of this total or a higher one: 0.18 for damage that is in the top 18 %.
  public func chance(atLeast total: Int64) -> Double {
    Natural.ratio(of: weights.sum(index(of: total)..<totals.count), to: denominator)
  }

  /// For each of ``outcomes``, the chance of its total or a higher one: all of them for what a few single ones take.
  public var chancesAtLeast: [Double] {
    var above: Natural = 0
    let descending = totals.indices.reversed().map { index in
      above.add(weights[index])
      return Natural.ratio(of: above, to: denominator)
    }
    return descending.reversed()
  }

  /// The chance of this total or a lower one.
  public func chance(atMost total: Int64) -> Double {
    let above = total == .max ? totals.count : index(of: total + 1)
    return Natural.ratio(of: weights.sum(0..<above), to: denominator)
  }

  /// The chance of an outcome that was not computed.
  public var tailShare: Double { Natural.ratio(of: tail, to: denominator) }

  public var min: Int64 { totals[0] }

  public var max: Int64 { totals[totals.count - 1] }

  public var mean: Double {
    let resolved = resolved
    var offset = resolved.product(Natural(min.magnitude))
    let sum = sumOfPowers(1)
    // The sum of all totals is `sum` + `resolved` · `min`.
    guard min < 0 else {
      offset.add(sum)
      return Natural.ratio(of: offset, to: resolved)
    }
    guard let isAbove = sum.subtracting(offset) else {
      offset.subtract(sum)
      return -Natural.ratio(of: offset, to: resolved)
    }
    return Natural.ratio(of: isAbove, to: resolved)
  }

  /// The square root of the mean squared distance from the mean.
  public var standardDeviation: Double {
    let (resolved, sum) = (resolved, sumOfPowers(1))
    var numerator = resolved.product(sumOfPowers(2))
    numerator.subtract(sum.product(sum))
    return Natural.ratio(of: numerator, to: resolved.product(resolved)).squareRoot()
  }

  /// The total with half of the outcomes on either side; between two totals, half way: 3.5 of one six-sided die.
  public var median: Double {
    let resolved = resolved
    var below: Natural = 0
    for (index, total) in totals.enumerated() {
      below.add(weights[index])
      var twice = below
      twice.add(below)
      if twice > resolved { return Double(total) }
      if twice == resolved { return (Double(total) + Double(totals[index + 1])) / 2 }
    }
    return Double(max)
  }

  /// The likeliest totals, ascending; more than one where they are equally likely.
  public var modes: [Int64] {
    var (greatest, modes): (Natural, [Int64]) = (0, [])
    for outcome in outcomes where outcome.count >= greatest {
      if outcome.count > greatest { (greatest, modes) = (outcome.count, []) }
      modes.append(outcome.total)
    }
    return modes
  }

  /// Outcomes whose total is known.
  private var resolved: Natural {
    var resolved = denominator
    resolved.subtract(tail)
    return resolved
  }

  /// The first total that is not below this one; their number where all are.
  private func index(of total: Int64) -> Int {
    var (first, end) = (0, totals.count)
    while first < end {
      let middle = (first + end) / 2
      if totals[middle] < total { first = middle + 1 } else { end = middle }
    }
    return first
  }

  /// The sum over outcomes of the first or second power of their distance from the least total.
  private func sumOfPowers(_ power: Int) -> Natural {
    let factors = totals.map { total in
      let distance = UInt64(bitPattern: total &- min)
      return power == 1 ? Natural(distance) : Natural(wide: UInt128(distance) * UInt128(distance))
    }
    let factorWidth = factors.reduce(1) { Swift.max($0, $1.wordCount) }
    let table = Weights(factors, width: factorWidth)
    var sum = Weights(count: 1, width: weights.width + factorWidth)
    for index in totals.indices { sum.add(weights, index..<(index + 1), times: table, index, at: 0) }
    return sum[0]
  }
}
