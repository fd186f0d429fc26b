/// A clock that runs so many times faster than the world, so that a minute's fault takes seconds.
struct FastClock: Clock {
  static let speed = 10

  struct Instant: InstantProtocol {
    let time: Duration
    func advanced(by duration: Duration) -> Instant { Instant(time: time + duration) }
    func duration(to other: Instant) -> Duration { other.time - time }
    static func < (a: Instant, b: Instant) -> Bool { a.time < b.time }
  }

  private let start = ContinuousClock.now

  var now: Instant { Instant(time: start.duration(to: .now) * Self.speed) }
  var minimumResolution: Duration { .zero }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try await ContinuousClock().sleep(until: start.advanced(by: deadline.time / Self.speed), tolerance: nil)
  }
}
