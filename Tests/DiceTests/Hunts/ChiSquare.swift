import Foundation

@testable import Dice

/// The chi-square distribution, as far as a test of goodness of fit needs it.
enum ChiSquare {
  /// The chance that a variable with so many degrees of freedom is at least `value`: the regularised incomplete gamma
  /// function Q(degrees / 2, value / 2). Its series (Abramowitz and Stegun 6.5.29) converges fast below a + 1, its continued
  /// fraction (6.5.31, even part, by Lentz's method) above.
  static func upperTail(_ value: Double, degrees: Int) -> Double {
    guard degrees > 0, value > 0 else { return 1 }
    let (a, x) = (Double(degrees) / 2, value / 2)
    let factor = exp(a * log(x) - x - lgamma(a))
    return x < a + 1 ? 1 - factor * series(a, x) : factor * fraction(a, x)
  }

  /// 1/a + x/a(a+1) + x²/a(a+1)(a+2) + …
  private static func series(_ a: Double, _ x: Double) -> Double {
    var (term, sum, next) = (1 / a, 1 / a, a)
    while term > sum * 1e-16 {
      next += 1
      term *= x / next
      sum += term
    }
    return sum
  }

  /// 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …
  private static func fraction(_ a: Double, _ x: Double) -> Double {
    var b = x + 1 - a
    var c = Double.greatestFiniteMagnitude
    var d = 1 / b
    var value = d
    for step in 1...10_000 {
      let numerator = -Double(step) * (Double(step) - a)
      b += 2
      d = 1 / (numerator * d + b)
      c = b + numerator / c
      value *= c * d
      if abs(c * d - 1) < 1e-15 { break }
    }
    return value
  }
}

/// How well counted results agree with the chances they should have: Pearson's chi-square over bins.
struct GoodnessOfFit: CustomStringConvertible {
  /// Bins with a smaller expectation are pooled with their neighbours, since the statistic's distribution is only then
  /// that of chi-square (Cochran, 1954).
  static let expectationMin = 5.0

  let statistic: Double
  let degrees: Int

  /// - Parameter bins: in their order, so that neighbours are pooled: what was counted and what was to be expected.
  init(_ bins: [(counted: Int, expected: Double)]) {
    var pooled: [(counted: Double, expected: Double)] = []
    var open = (counted: 0.0, expected: 0.0)
    for bin in bins {
      open = (open.counted + Double(bin.counted), open.expected + bin.expected)
      guard open.expected >= Self.expectationMin else { continue }
      pooled.append(open)
      open = (0, 0)
    }
    if let last = pooled.popLast() {
      pooled.append((last.counted + open.counted, last.expected + open.expected))
    }
    statistic = pooled.reduce(0) { $0 + ($1.counted - $1.expected) * ($1.counted - $1.expected) / $1.expected }
    degrees = pooled.count - 1
  }

  /// The chance that fair dice agree as badly as this, or worse.
  var chance: Double { ChiSquare.upperTail(statistic, degrees: degrees) }

  var description: String {
    "chi-square \((statistic * 10).rounded() / 10) with \(degrees) degrees of freedom, p = \(Float(chance))"
  }
}
