import Foundation
import Logging
import Storage
import Synchronization
import Vocabulary

@testable import StorageSQLite

/// A folder that goes with the test that made it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/arbiter-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var database: String { "\(path)/arbiter.sqlite" }
  var copies: String { "\(path)/copies" }

  func names(in folder: String? = nil) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder ?? path).sorted()
  }
}

/// A clock that a test sets.
final class ManualClock: WallClock {
  private let time: Mutex<Timestamp>

  init(_ time: Timestamp = Timestamp(microseconds: 1_795_251_652_000_000)) { self.time = Mutex(time) }

  func now() -> Timestamp { time.withLock { $0 } }
  func advance(by duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
}

let testWorkspace = WorkspaceID(UniqueID(high: 0x0197_0000_0000_7000, low: 0x8000_0000_0000_0001))

/// The tables that most tests use.
let testMigrations = [
  Migration(
    module: "testing", number: 1, name: "create things",
    statements: [
      """
      CREATE TABLE things (
        workspace BLOB NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, content BLOB,
        PRIMARY KEY (workspace, id), CHECK (id >= 0))
      """,
      "CREATE TABLE log (number BIGINT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (number))",
    ])
]

func makeDatabase(
  in folder: TemporaryFolder, options: SQLiteOptions = SQLiteOptions(), clock: any WallClock = ManualClock(),
  migrations: [Migration] = testMigrations
) async throws -> SQLiteDatabase {
  let database = try SQLiteDatabase.open(at: folder.database, options: options, clock: clock, logger: .silent)
  try await database.migrate(migrations, copyTo: folder.copies)
  return database
}

extension Logger {
  static var silent: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}

extension SQLiteDatabase {
  func write<T: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> T) async throws -> T {
    try await write("a test's body", in: testWorkspace, body)
  }

  func read<T: Sendable>(_ body: @escaping @Sendable (any ReadTransaction) throws -> T) async throws -> T {
    try await read("a test's body", in: testWorkspace, body)
  }

  /// Writes one row whose content is `bytes` long.
  func addThing(_ id: Int, name: String = "thing", bytes: Int = 0) async throws {
    try await write { try $0.addThing(id, name: name, bytes: bytes) }
  }

  func thingIDs() async throws -> [Int] {
    try await read { transaction in
      try transaction.rows("SELECT id FROM things WHERE workspace = \(transaction.workspace) ORDER BY id").map {
        try $0.get("id")
      }
    }
  }
}

extension Transaction {
  func addThing(_ id: Int, name: String = "thing", bytes: Int = 0) throws {
    try run(
      """
      INSERT INTO things (workspace, id, name, content)
      VALUES (\(workspace), \(id), \(name), \(Array(repeating: UInt8(truncatingIfNeeded: id), count: bytes)))
      """)
  }
}

/// The kind of the ``StorageError`` that `body` throws; nil when it throws none.
func storageErrorKind(_ body: () async throws -> Void) async -> StorageError.Kind? {
  do {
    try await body()
    return nil
  } catch {
    return (error as? StorageError)?.kind
  }
}

struct Refusal: Error, Equatable { var number = 0 }
