package import Storage
import StrictJSON
package import Vocabulary

/// Events, stored and told: appended in the transaction of the change they tell of, and read by any number of readers from
/// any number on.
///
/// A topic's counter is a row that the transaction locks, so the order of numbers is the order of commits (on SQLite there
/// is one writer anyway): a reader that has seen 7 will never find a 6 that it missed.
/// `docs/formats/events.md` gives tables and frames.
package final class EventLog: Sendable {
  package static let migrations = [
    Migration(
      module: "events", number: 1, name: "create topics and events",
      statements: [
        """
        CREATE TABLE topics (
          workspace BLOB NOT NULL,
          topic TEXT NOT NULL,
          last BIGINT NOT NULL,
          PRIMARY KEY (workspace, topic)
        )
        """,
        """
        CREATE TABLE events (
          workspace BLOB NOT NULL,
          topic TEXT NOT NULL,
          number BIGINT NOT NULL,
          type TEXT NOT NULL,
          version BIGINT NOT NULL,
          time BIGINT NOT NULL,
          payload BLOB NOT NULL,
          PRIMARY KEY (workspace, topic, number)
        )
        """,
      ])
  ]

  /// Tells of changes of journalled state, whether or not an event does.
  package let changes = StateWatch()
  let database: any Database
  private let sealer: any Sealer
  private let hub = EventHub()

  package init(database: any Database, sealer: any Sealer) {
    self.database = database
    self.sealer = sealer
  }

  /// Appends an event and gives it its number. Readers hear of it after the commit, and not at all after a rollback.
  @discardableResult
  package func append(_ draft: EventDraft, in transaction: any Transaction) throws -> Int64 {
    let workspace = transaction.workspace
    let number: Int64? = try transaction.value(
      """
      INSERT INTO topics (workspace, topic, last) VALUES (\(workspace), \(draft.topic.description), 1)
      ON CONFLICT (workspace, topic) DO UPDATE SET last = topics.last + 1 RETURNING last
      """)
    guard let number else { throw StorageError(.statement, "A topic's counter returned no row.") }
    let payload = try Sealed<JSON>.plain(draft.payload)
    try transaction.run(
      """
      INSERT INTO events (workspace, topic, number, type, version, time, payload)
      VALUES (\(workspace), \(draft.topic.description), \(number), \(draft.type), \(draft.version), \(transaction.time),
        \(payload))
      """)
    let time = transaction.time
    // Whether anybody follows is asked after the commit, not now: a reader that comes in between has a snapshot without
    // this event and must be told of it.
    transaction.afterCommit { [hub] in
      guard hub.isFollowed(draft.topic, in: workspace) else { return }
      hub.publish(
        Event(
          topic: draft.topic, number: number, type: draft.type, version: draft.version, time: time,
          payload: Array(payload.bytes.dropFirst())),
        in: workspace)
    }
    return number
  }

  /// Where `topics` stand in this snapshot: what a snapshot answer carries, so that its reader goes on without a gap.
  package func cursor(of topics: [Topic], in transaction: any ReadTransaction) throws -> EventCursor {
    var cursor = EventCursor(Dictionary(topics.map { ($0, 0) }, uniquingKeysWith: { first, _ in first }))
    try transaction.forEachRow(
      """
      SELECT topic, last FROM topics
      WHERE workspace = \(transaction.workspace) AND topic IN (\(list: topics.map(\.description)))
      """
    ) { row in
      if let topic = Topic(try row.get("topic", as: String.self)) { cursor[topic] = try row.get("last") }
    }
    return cursor
  }

  /// Follows the topics of `cursor`, from the events after it.
  package func follow(_ cursor: EventCursor, in workspace: WorkspaceID) -> EventReader {
    EventReader(
      cursor: cursor, workspace: workspace, log: self, signals: hub.follow(Array(cursor.positions.keys), in: workspace))
  }

  /// Wakes every reader once, so that each can say that it is alive. Call it as often as heartbeats are wanted.
  package func beat() { hub.beat() }

  /// Ends every reader: the server stops.
  package func finishReaders() { hub.finish() }

  /// Readers attached now.
  package var readerCount: Int { hub.readerCount }

  /// Stored events of one topic after `number`, in order, at most `limit`; nil when `number` is beyond the last, or when
  /// events after it are no longer kept.
  func stored(_ topic: Topic, after number: Int64, limit: Int, in workspace: WorkspaceID) async throws -> [Event]? {
    try await database.read("events.stored", in: workspace) { [sealer] transaction in
      let last: Int64 =
        try transaction.value(
          "SELECT last FROM topics WHERE workspace = \(workspace) AND topic = \(topic.description)") ?? 0
      guard number <= last else { return nil }
      var events: [Event] = []
      try transaction.forEachRow(
        """
        SELECT number, type, version, time, payload FROM events
        WHERE workspace = \(workspace) AND topic = \(topic.description) AND number > \(number)
        ORDER BY number LIMIT \(limit)
        """
      ) { events.append(try Event(row: $0, topic: topic, workspace: workspace, sealer: sealer)) }
      let isComplete = events.first.map { $0.number == number + 1 } ?? (number == last)
      return isComplete ? events : nil
    }
  }

  /// What the hub still holds of a topic after `number`: nil when that does not reach back far enough.
  func recent(_ topic: Topic, after number: Int64, in workspace: WorkspaceID) -> [Event]? {
    hub.recent(topic, after: number, in: workspace)
  }
}

extension Event {
  fileprivate init(row: SQLRow, topic: Topic, workspace: WorkspaceID, sealer: any Sealer) throws {
    let number: Int64 = try row.get("number")
    let payload: Sealed<JSON> = try row.get("payload")
    let place = SealedPlace(
      table: "events", column: "payload", workspace: workspace, row: Array("\(topic):\(number)".utf8))
    let bytes = try payload.openBytes(with: sealer, at: place)
    self.init(
      topic: topic, number: number, type: try row.get("type"), version: try row.get("version"),
      time: try row.get("time"), payload: bytes)
  }
}
