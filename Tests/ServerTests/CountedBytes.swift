import Synchronization
import Vocabulary

/// Bytes that are nowhere the same twice, and in every run the same.
final class CountedBytes: Sendable {
  private let state = Mutex<UInt64>(1)

  /// SplitMix64 of a counter.
  func next(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var word = state.withLock { state in
        state &+= 0x9e37_79b9_7f4a_7c15
        return state
      }
      word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
      withUnsafeBytes(of: word ^ (word >> 31)) { bytes.append(contentsOf: $0) }
    }
    return Array(bytes.prefix(count))
  }
}

/// A clock that stands still.
struct SteadyClock: WallClock {
  func now() -> Timestamp { Timestamp(microseconds: 1_795_251_600_000_000) }
}
