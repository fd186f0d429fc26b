import Synchronization
import Vocabulary

/// Tells readers in this process that there is more, and keeps the newest events of followed topics so that hundreds of
/// readers do not each ask the database for the same rows.
///
/// Nothing is kept per reader but one pending signal, so a reader that is slow costs what a reader costs: it takes what it
/// missed from the ring, or from the database when the ring has gone on.
final class EventHub: Sendable {
  /// Events kept for a followed topic.
  static let ringMax = 128
  /// Bytes kept for a followed topic; the newest event stays whatever its size.
  static let ringBytesMax = 1 << 20

  private struct Place: Hashable {
    let workspace: WorkspaceID
    let topic: Topic
  }

  private struct Tail {
    var readers: Set<Int> = []
    var ring: [Event] = []
    var bytes = 0

    mutating func add(_ event: Event) {
      ring.append(event)
      bytes += event.encoded.count
      var surplus = 0
      while ring.count - surplus > 1, ring.count - surplus > ringMax || bytes > ringBytesMax {
        bytes -= ring[surplus].encoded.count
        surplus += 1
      }
      ring.removeFirst(surplus)
    }
  }

  private struct State {
    var tails: [Place: Tail] = [:]
    var readers: [Int: AsyncStream<Signal>.Continuation] = [:]
    var nextReader = 0
    var isFinished = false
  }

  /// Why a reader was woken. A signal that waits is replaced by a later one: `more` is never lost behind `beat`, because a
  /// reader looks for events at every signal.
  enum Signal: Sendable { case more, beat }

  private let state = Mutex(State())

  var readerCount: Int { state.withLock { $0.readers.count } }

  /// Whether anybody here follows a topic. What is said of one nobody follows is found in the database by those who come.
  func isFollowed(_ topic: Topic, in workspace: WorkspaceID) -> Bool {
    state.withLock { $0.tails[Place(workspace: workspace, topic: topic)] != nil }
  }

  func follow(_ topics: [Topic], in workspace: WorkspaceID) -> AsyncStream<Signal> {
    let (signals, continuation) = AsyncStream.makeStream(of: Signal.self, bufferingPolicy: .bufferingNewest(1))
    let places = topics.map { Place(workspace: workspace, topic: $0) }
    let reader: Int? = state.withLock { state in
      guard !state.isFinished else { return nil }
      state.nextReader += 1
      state.readers[state.nextReader] = continuation
      for place in places { state.tails[place, default: Tail()].readers.insert(state.nextReader) }
      return state.nextReader
    }
    guard let reader else {
      continuation.finish()
      return signals
    }
    continuation.onTermination = { [weak self] _ in self?.leave(reader, places) }
    continuation.yield(.more)
    return signals
  }

  func publish(_ event: Event, in workspace: WorkspaceID) {
    let readers: [AsyncStream<Signal>.Continuation] = state.withLock { state in
      let place = Place(workspace: workspace, topic: event.topic)
      guard var tail = state.tails.removeValue(forKey: place) else { return [] }
      tail.add(event)
      state.tails[place] = tail
      return tail.readers.compactMap { state.readers[$0] }
    }
    for reader in readers { reader.yield(.more) }
  }

  func beat() {
    for reader in state.withLock({ Array($0.readers.values) }) { reader.yield(.beat) }
  }

  func finish() {
    let readers = state.withLock { state in
      state.isFinished = true
      return Array(state.readers.values)
    }
    for reader in readers { reader.finish() }
  }

  /// Kept events after `number`, without a gap: empty when there are none yet, nil when the ring does not reach back.
  func recent(_ topic: Topic, after number: Int64, in workspace: WorkspaceID) -> [Event]? {
    state.withLock { state in
      guard let ring = state.tails[Place(workspace: workspace, topic: topic)]?.ring, let first = ring.first,
        let last = ring.last
      else { return [] }
      guard number < last.number else { return [] }
      guard number >= first.number - 1 else { return nil }
      return Array(ring.drop { $0.number <= number })
    }
  }

  private func leave(_ reader: Int, _ places: [Place]) {
    state.withLock { state in
      state.readers[reader] = nil
      for place in places {
        state.tails[place]?.readers.remove(reader)
        if state.tails[place]?.readers.isEmpty == true { state.tails[place] = nil }
      }
    }
  }
}
