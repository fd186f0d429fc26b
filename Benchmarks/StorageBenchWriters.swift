import Foundation
import GRDB
import Logging
import Storage
import StorageSQLite
import Synchronization
import Vocabulary

/// A way to write a body's rows.
protocol StorageBenchWriter: Sendable {
  func write(_ rows: StorageBenchRows) async throws
  var commits: Int { get }
  func close() async throws
}

/// Ours.
struct GroupWriter: StorageBenchWriter {
  private let database: SQLiteDatabase

  init(_ path: String) async throws {
    database = try await makeBenchDatabase(path)
  }

  func write(_ rows: StorageBenchRows) async throws {
    _ = try await database.write("bench", in: rows.workspace) { try rows.write(in: $0) }
  }

  var commits: Int { database.counts.commits }
  func close() async throws { try await database.close() }
}

/// One transaction and one sync for each body, as GRDB is commonly used. It keeps SQLite's own checkpoints and cache.
final class PlainWriter: StorageBenchWriter {
  private let queue: DatabaseQueue
  private let count = Mutex(0)

  init(_ path: String) async throws {
    // The same tables and rows.
    try await makeBenchDatabase(path).close()
    var configuration = Configuration()
    configuration.journalMode = .wal
    queue = try DatabaseQueue(path: path, configuration: configuration)
    // GRDB opens it with NORMAL, which would not sync at a commit.
    try queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
  }

  func write(_ rows: StorageBenchRows) async throws {
    _ = try await queue.write { try rows.write(in: $0) }
    count.withLock { $0 += 1 }
  }

  var commits: Int { count.withLock { $0 } }
  func close() throws { try queue.close() }
}

/// None: what the callers cost by themselves.
struct NoWriter: StorageBenchWriter {
  func write(_ rows: StorageBenchRows) async throws { await Task.yield() }
  var commits: Int { 0 }
  func close() async throws {}
}

private func makeBenchDatabase(_ path: String) async throws -> SQLiteDatabase {
  let database = try SQLiteDatabase.open(
    at: path, clock: SystemClock(), logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
  try await database.migrate(StorageBenchRows.migrations)
  try await database.write("fill", in: StorageBenchRows.workspaces[0]) { try StorageBenchRows.fill($0) }
  return database
}

private struct SystemClock: WallClock {
  func now() -> Timestamp { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }
}
