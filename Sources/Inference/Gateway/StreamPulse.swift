import Synchronization

/// Keeps the connections of streams that are silent for long: who waits for a piece gets a heartbeat instead, which says
/// nothing and is passed over.
///
/// One for all streams, which have no timers of their own: every half of the time it looks who waits, and who did at the
/// look before gets one.
package final class StreamPulse: Sendable {
  /// A stream among those that are kept.
  package struct Seat: Sendable, Hashable {
    fileprivate let number: Int
  }

  private struct State {
    var streams: [Int: (stream: ByteStream, heartbeat: String)] = [:]
    var seats = 0
  }

  private let silence: Duration
  private let clock: any Clock<Duration>
  private let state = Mutex(State())

  /// - Parameter silence: how long a stream may say nothing.
  package init(silence: Duration, clock: any Clock<Duration> = ContinuousClock()) {
    self.silence = silence
    self.clock = clock
  }

  /// How many are kept now.
  package var count: Int { state.withLock { $0.streams.count } }

  /// Keeps a stream, which may have nothing but whole frames as pieces: a heartbeat comes between two of them.
  package func join(_ stream: ByteStream, _ heartbeat: String) -> Seat {
    state.withLock { state in
      state.seats += 1
      state.streams[state.seats] = (stream, heartbeat)
      return Seat(number: state.seats)
    }
  }

  package func leave(_ seat: Seat) {
    // What goes with it goes after the lock is free.
    _ = state.withLock { $0.streams.removeValue(forKey: seat.number) }
  }

  /// Looks until the task is cancelled.
  ///
  /// - Throws: `CancellationError`.
  package func run() async throws {
    while true {
      try await clock.sleep(for: silence / 2)
      for (stream, heartbeat) in state.withLock({ Array($0.streams.values) }) { stream.beat(heartbeat) }
    }
  }
}
