/// How a total stands among all that could have come: 31 of 8d6 is in the top 31 %.
public struct Percentile: Sendable, Hashable {
  /// The chance of this total or a higher one, from 0 to 1.
  public let atLeast: Double
  /// The chance of this total or a lower one, from 0 to 1.
  public let atMost: Double

  /// Whether higher totals are the rarer side.
  public var isHigh: Bool { atLeast <= atMost }
}

extension Percentile: CustomStringConvertible {
  /// `top 31 %` or `bottom 4.1 %`: in whole percents from ten on, in tenths below, and never as nothing.
  public var description: String {
    let share = isHigh ? atLeast : atMost
    let tenths = Int((share * 1_000).rounded())
    let number: String
    switch tenths {
    case ..<1: number = "<0.1"
    case ..<100: number = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    default: number = "\(Int((share * 100).rounded()))"
    }
    return "\(isHigh ? "top" : "bottom") \(number) %"
  }
}

extension Odds {
  /// How a total stands among all; nil where only one can come, and for a total that cannot.
  public func percentile(of total: Int64) -> Percentile? {
    guard outcomes.count > 1, chance(of: total) > 0 || !tail.isZero else { return nil }
    return Percentile(atLeast: chance(atLeast: total), atMost: chance(atMost: total))
  }
}

extension PreparedRoll {
  /// What a percentile beside a result may cost: well under a millisecond.
  static let percentileLimits = OddsLimits(states: 5_000, work: 200_000)

  /// How a total stands among all; nil where only one can come, for a total that cannot, and where the odds are not
  /// quickly known.
  public func percentile(of total: Int64) -> Percentile? {
    (try? odds(limits: Self.percentileLimits))?.percentile(of: total)
  }
}
