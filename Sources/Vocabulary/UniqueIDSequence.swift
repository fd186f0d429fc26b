import Synchronization

/// Version 7 ids (RFC 9562, section 5.7): 48 bits of milliseconds, then 74 random bits.
///
/// Each is greater than the last: within a millisecond, or when the clock steps back, the last one is counted up instead
/// (section 6.2, method 2).
package final class UniqueIDSequence: IDSource {
  private let clock: any WallClock
  private let random: any RandomSource
  private let last = Mutex(UniqueID(high: 0, low: 0))

  package init(clock: any WallClock, random: any RandomSource) {
    self.clock = clock
    self.random = random
  }

  package func next() -> UniqueID {
    let milliseconds = UInt64(clamping: clock.now().microseconds / 1000) & 0xffff_ffff_ffff
    let noise = random.bytes(10)
    let fresh = UniqueID(
      high: milliseconds << 16 | 0x7000 | (UInt64(noise[0]) << 8 | UInt64(noise[1])) & 0x0fff,
      low: 0x8000_0000_0000_0000 | noise.suffix(8).reduce(0) { $0 << 8 | UInt64($1) } & 0x3fff_ffff_ffff_ffff)
    return last.withLock { last in
      last = fresh > last ? fresh : last.countedUp
      return last
    }
  }
}

extension UniqueID {
  /// The next id in order, version and variant bits kept: the 62 low bits, then the 12 above them, then the milliseconds.
  fileprivate var countedUp: UniqueID {
    let counted = (low &+ 1) & 0x3fff_ffff_ffff_ffff
    guard counted == 0 else { return UniqueID(high: high, low: 0x8000_0000_0000_0000 | counted) }
    let middle = (high & 0x0fff) + 1
    guard middle == 0x1000 else { return UniqueID(high: high & ~0x0fff | middle, low: 0x8000_0000_0000_0000) }
    return UniqueID(high: ((high >> 16) &+ 1) << 16 | 0x7000, low: 0x8000_0000_0000_0000)
  }
}
