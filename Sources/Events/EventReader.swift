import Storage
import Vocabulary

/// One reader of some topics: first what is stored after its cursor, then what comes, each event once and in order.
///
/// It pulls: nothing is queued for it, so however slow it is, it costs the same, and its place is its cursor.
package struct EventReader: AsyncSequence, Sendable {
  package enum Element: Sendable, Hashable {
    /// The next events, of one topic, and the cursor after them.
    case events([Event], EventCursor)
    /// What was asked for is not kept any more, or is beyond the end (the database is older than the reader): take the
    /// snapshot again. The reader goes on from the cursor.
    case reset(Topic, ResetReason, EventCursor)
    /// A heartbeat: nothing happened.
    case idle
  }

  package enum ResetReason: String, Sendable {
    case tooOld = "cursor_too_old"
    case ahead = "cursor_ahead"
  }

  /// Events handed out at once; a reader that is far behind gets several such pages.
  package static let pageMax = 128

  let cursor: EventCursor
  let workspace: WorkspaceID
  let log: EventLog
  let signals: AsyncStream<EventHub.Signal>

  package func makeAsyncIterator() -> Iterator {
    Iterator(cursor: cursor, workspace: workspace, log: log, signals: signals.makeAsyncIterator())
  }

  package struct Iterator: AsyncIteratorProtocol {
    private var cursor: EventCursor
    private let workspace: WorkspaceID
    private let log: EventLog
    private var signals: AsyncStream<EventHub.Signal>.Iterator
    /// Topics whose stored events were not all read yet. All, at first: the hub knows nothing of before it was asked.
    private var behind: Set<Topic>

    init(cursor: EventCursor, workspace: WorkspaceID, log: EventLog, signals: AsyncStream<EventHub.Signal>.Iterator) {
      self.cursor = cursor
      self.workspace = workspace
      self.log = log
      self.signals = signals
      behind = Set(cursor.positions.keys)
    }

    /// The next element; nil when the task is cancelled or the server stops.
    package mutating func next() async throws -> Element? {
      while true {
        if let element = try await available() { return element }
        switch await signals.next(isolation: #isolation) {
        case nil: return nil
        case .more: continue
        case .beat: return try await available() ?? .idle
        }
      }
    }

    /// What can be had without waiting. The ring may have gone on past this reader, which then reads the database again.
    private mutating func available() async throws -> Element? {
      repeat {
        if let element = try await stored() ?? recent() { return element }
      } while !behind.isEmpty
      return nil
    }

    private mutating func recent() -> Element? {
      for topic in cursor.positions.keys.sorted() {
        guard let events = log.recent(topic, after: cursor[topic], in: workspace) else {
          behind.insert(topic)
          continue
        }
        if let element = take(events, of: topic) { return element }
      }
      return nil
    }

    private mutating func stored() async throws -> Element? {
      while let topic = behind.min() {
        let position = cursor[topic]
        guard let events = try await log.stored(topic, after: position, limit: pageMax, in: workspace) else {
          return try await reset(topic)
        }
        if events.count < pageMax { behind.remove(topic) }
        if let element = take(events, of: topic) { return element }
      }
      return nil
    }

    private mutating func take(_ events: [Event], of topic: Topic) -> Element? {
      guard let last = events.last else { return nil }
      cursor[topic] = last.number
      return .events(events, cursor)
    }

    private mutating func reset(_ topic: Topic) async throws -> Element {
      let end = try await log.end(of: topic, in: workspace)
      let reason: ResetReason = cursor[topic] > end ? .ahead : .tooOld
      cursor[topic] = end
      behind.remove(topic)
      return .reset(topic, reason, cursor)
    }
  }
}

extension EventLog {
  func end(of topic: Topic, in workspace: WorkspaceID) async throws -> Int64 {
    try await database.read("events.end", in: workspace) { transaction in
      try self.cursor(of: [topic], in: transaction)[topic]
    }
  }
}
