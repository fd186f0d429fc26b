import Synchronization

/// What readers of a run under way see: what was committed last, and that there is more.
///
/// Nothing is kept for a reader but one signal. Who is slow finds older frames on the disk.
final class ResponseFeed: Sendable {
  /// Bytes of the newest frames that are kept; the newest commit stays whatever its size.
  static let tailBytesMax = 64 << 10

  /// How a run has ended.
  enum End: Sendable {
    /// All of it is on the disk: the whole response.
    case whole([UInt8])
    /// What is on the disk is all there is, for now.
    case broken
    /// Nothing is kept: the run failed before anything was.
    case refused(any Error)
  }

  /// What a reader does next.
  enum Step: Sendable {
    /// Takes these frames.
    case take([String])
    /// Looks on the disk.
    case read
    /// Waits for a signal.
    case wait
    case end
    case fail(any Error)
  }

  private struct State {
    /// How many frames were committed.
    var count = 0
    /// The newest of them.
    var tail: [String] = []
    var tailBytes = 0
    var end: End?
    var readers: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextReader = 0
  }

  private let state: Mutex<State>

  /// - Parameter count: the frames that are on the disk.
  init(after count: Int = 0) {
    var state = State()
    state.count = count
    self.state = Mutex(state)
  }

  var end: End? { state.withLock { $0.end } }
  var count: Int { state.withLock { $0.count } }

  /// Frames are committed.
  func tell(_ frames: [String]) {
    guard !frames.isEmpty else { return }
    let readers = state.withLock { state in
      state.count += frames.count
      state.tail += frames
      state.tailBytes += frames.reduce(0) { $0 + $1.utf8.count }
      var surplus = 0
      while state.tailBytes > Self.tailBytesMax, surplus < state.tail.count - frames.count {
        state.tailBytes -= state.tail[surplus].utf8.count
        surplus += 1
      }
      state.tail.removeFirst(surplus)
      return Array(state.readers.values)
    }
    for reader in readers { reader.yield() }
  }

  /// The run has ended. The first end counts.
  func finish(_ end: End) {
    let readers = state.withLock { state in
      if state.end == nil { state.end = end }
      return Array(state.readers.values)
    }
    for reader in readers { reader.yield() }
  }

  /// A signal at once, after each commit, and at the end; one that waits stands for all of them.
  func signals() -> AsyncStream<Void> {
    let (signals, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let reader = state.withLock { state in
      state.nextReader += 1
      state.readers[state.nextReader] = continuation
      return state.nextReader
    }
    continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.readers[reader] = nil } }
    continuation.yield()
    return signals
  }

  /// What a reader does that has the frames up to `number`.
  func step(after number: Int) -> Step {
    state.withLock { state in
      let first = state.count - state.tail.count
      if number + 1 < state.count {
        return number + 1 >= first ? .take(Array(state.tail.dropFirst(number + 1 - first))) : .read
      }
      return switch state.end {
      case nil: .wait
      case .whole: .end
      case .broken: .read
      case .refused(let error): .fail(error)
      }
    }
  }
}
