import Synchronization
package import Vocabulary

/// A clock that stands still until it is moved.
package final class ManualClock: WallClock {
  private let time: Mutex<Timestamp>

  package init(_ start: Timestamp = Timestamp(rfc3339: "2026-11-21T09:00:00Z") ?? Timestamp(microseconds: 0)) {
    time = Mutex(start)
  }

  package func now() -> Timestamp { time.withLock { $0 } }
  package func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
  package func set(_ timestamp: Timestamp) { time.withLock { $0 = timestamp } }
}

/// Bytes that are the same in every run with the same seed: SplitMix64.
package final class SeededRandom: RandomSource {
  private let state: Mutex<UInt64>

  package init(seed: UInt64) { state = Mutex(seed) }

  package func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count { withUnsafeBytes(of: next()) { bytes.append(contentsOf: $0) } }
    return Array(bytes.prefix(count))
  }

  package func next() -> UInt64 {
    state.withLock { state in
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }

  /// A number below `bound`.
  package func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}
