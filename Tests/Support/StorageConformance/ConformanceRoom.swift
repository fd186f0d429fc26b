import Storage
import Synchronization
package import Vocabulary

/// What a case works with.
struct ConformanceRoom: Sendable {
  let database: any Database
  let clock: SteppingClock
  /// The workspace of nearly everything.
  let workspace = workspaces[0]

  /// Workspaces that a case may use.
  static let workspaces = (1...4).map { WorkspaceID(UniqueID(high: 0x0190_0000_0000_7000, low: UInt64($0))) }

  /// Writes in ``workspace``.
  @discardableResult
  func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await database.write("conformance.write", in: workspace, body)
  }

  /// Reads in ``workspace``.
  func read<T: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> T) async throws -> T {
    try await database.read("conformance.read", in: workspace, body)
  }

  /// Adds a counter that stands at `value`.
  func makeCounter(_ name: String = "a", at value: Int64 = 0) async throws {
    try await write { try $0.addCounter(name, at: value) }
  }

  /// Where a counter stands; nil when there is none.
  func counter(_ name: String = "a") async throws -> Int64? { try await read { try $0.counter(name) } }

  /// The names of all counters, in order.
  func counterNames() async throws -> [String] {
    try await read { transaction in
      try transaction.rows(
        "SELECT name FROM conformance_counters WHERE workspace = \(transaction.workspace) ORDER BY name",
        as: String.self)
    }
  }
}

extension Transaction {
  func addCounter(_ name: String, at value: Int64 = 0) throws {
    try run("INSERT INTO conformance_counters (workspace, name, value) VALUES (\(workspace), \(name), \(value))")
  }

  /// Counts up by reading first: what a lost update would spoil.
  func countUpByReading(_ name: String = "a") throws {
    guard let value = try counter(name) else { throw ConformanceFailure("counter “\(name)” is not there") }
    try run("UPDATE conformance_counters SET value = \(value + 1) WHERE workspace = \(workspace) AND name = \(name)")
  }

  /// Takes the next number of a topic and adds an entry with it, as events are appended.
  func appendEntry(to topic: String) throws -> Int64 {
    let number: Int64? = try value(
      """
      INSERT INTO conformance_topics (workspace, topic, last) VALUES (\(workspace), \(topic), 1)
      ON CONFLICT (workspace, topic) DO UPDATE SET last = conformance_topics.last + 1 RETURNING last
      """)
    guard let number else { throw ConformanceFailure("RETURNING gave no row") }
    try run(
      "INSERT INTO conformance_entries (workspace, topic, number) VALUES (\(workspace), \(topic), \(number))")
    return number
  }
}

extension ReadTransaction {
  func counter(_ name: String) throws -> Int64? {
    try value("SELECT value FROM conformance_counters WHERE workspace = \(workspace) AND name = \(name)")
  }
}

/// A clock that moves on by a second whenever it is asked.
package final class SteppingClock: WallClock {
  private let seconds = Mutex<Int64>(1_700_000_000)

  package init() {}

  package func now() -> Timestamp {
    seconds.withLock { seconds in
      seconds += 1
      return Timestamp(microseconds: seconds * 1_000_000)
    }
  }
}
