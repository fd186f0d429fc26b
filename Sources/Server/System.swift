package import Inference
package import Vocabulary

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The machine's clock.
struct SystemClock: WallClock {
  // Not `clock_gettime`: which C module owns `timespec` changes with the order in which the compiler loads modules, and
  // with MemberImportVisibility a build then fails by chance (Swift 6.3). A `Double` of this size still tells microseconds.
  func now() -> Timestamp { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }
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

/// What tells the time, tosses coins, names things and knows prices for a whole process. Tests and benches hand in others.
package struct Surroundings: Sendable {
  package let clock: any WallClock
  package let random: any RandomSource
  package let ids: any IDSource
  /// What models cost.
  package var prices = PriceList.known

  package init(clock: any WallClock, random: any RandomSource) {
    self.clock = clock
    self.random = random
    ids = UniqueIDSequence(clock: clock, random: random)
  }

  package static var system: Surroundings { Surroundings(clock: SystemClock(), random: SystemRandom()) }
}
