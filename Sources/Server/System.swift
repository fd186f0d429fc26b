package import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The machine's clock.
struct SystemClock: WallClock {
  func now() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }
}

/// The kernel's random numbers.
struct SystemRandom: RandomSource {
  func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
    return Array(bytes.prefix(count))
  }
}

/// What tells the time, tosses coins and names things for a whole process. Tests hand in others.
package struct Surroundings: Sendable {
  package let clock: any WallClock
  package let random: any RandomSource
  package let ids: any IDSource

  package init(clock: any WallClock, random: any RandomSource) {
    self.clock = clock
    self.random = random
    ids = UniqueIDSequence(clock: clock, random: random)
  }

  package static var system: Surroundings { Surroundings(clock: SystemClock(), random: SystemRandom()) }
}
