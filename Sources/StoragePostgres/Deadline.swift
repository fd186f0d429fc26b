/// The instant by which something must have happened, on a clock that nobody sets.
struct Deadline: Sendable {
  let instant: ContinuousClock.Instant

  init(_ instant: ContinuousClock.Instant) { self.instant = instant }

  static func after(_ duration: Duration) -> Deadline { Deadline(.now + duration) }

  var isOver: Bool { ContinuousClock.now >= instant }

  func earlier(of other: Deadline) -> Deadline { other.instant < instant ? other : self }

  /// What `poll(2)` takes: the rest in milliseconds, rounded up, from 0 to an hour.
  var pollMilliseconds: Int32 {
    let rest = instant - .now
    guard rest > .zero else { return 0 }
    guard rest < .seconds(3600) else { return 3_600_000 }
    return Int32(rest / .milliseconds(1)) + 1
  }
}
