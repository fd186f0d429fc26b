/// How much exact odds may cost. Every limit is inclusive.
public struct OddsLimits: Sendable, Hashable {
  /// Different totals of one distribution, those between them that cannot occur included.
  public let states: Int
  /// Steps with a 64-bit word of a count, all operations of one answer together. A step takes one to three nanoseconds
  /// and a word of a result costs at least two, so this bounds memory too.
  public let work: Int

  /// The most that any limits allow, so that sums and products of indices stay far from overflow.
  public static let statesCeiling = 10_000_000
  /// The most that any limits allow.
  public static let workCeiling = 100_000_000_000

  /// 100,000 totals and 20,000,000 steps, which is some fiftieth of a second.
  public static let standard = OddsLimits()

  /// What lies above the ceilings is taken as them; what is negative, as 0.
  public init(states: Int = 100_000, work: Int = 20_000_000) {
    self.states = min(max(states, 0), Self.statesCeiling)
    self.work = min(max(work, 0), Self.workCeiling)
  }
}
