import Foundation
import Logging
import Storage
import StorageConformance
import StoragePostgres
import Synchronization
import Testing
import Vocabulary

/// What needs a server: `bin/lib/postgres.sh` starts a private one and sets the environment. One test at a time, because
/// some freeze and kill the server.
@Suite(
  .serialized,
  .enabled(if: TestServer.shared != nil, "ARBITER_POSTGRES says how to connect; bin/check --postgres sets it"),
  .timeLimit(.minutes(5)))
enum PostgresSuite {}

extension PostgresSuite {
  @Suite struct Conformance {
    @Test(arguments: StorageConformance.cases)
    func `the engine keeps the promises of a database`(_ promise: ConformanceCase) async throws {
      try await promise.run(on: PostgresEngine(server: try #require(TestServer.shared)))
    }
  }
}

/// Opens each database in a schema of its own.
struct PostgresEngine: ConformanceEngine {
  let server: TestServer

  func open(_ setup: ConformanceSetup) async throws -> any Database {
    var options = server.newOptions()
    if let limit = setup.limits.write { options.writeLimit = limit }
    if let limit = setup.limits.read { options.readLimit = limit }
    if let waitingMax = setup.limits.waitingMax { options.waitingMax = waitingMax }
    let database = try await server.open(options, clock: setup.clock)
    try await database.migrate(setup.migrations)
    return database
  }

  func close(_ database: any Database) async {
    guard let database = database as? PostgresDatabase else { return }
    await server.remove(database)
  }
}

/// The server that the environment names.
struct TestServer: Sendable {
  let conninfo: String
  /// Its data folder and programs, for tests that kill, freeze and start it; nil when it is not ours.
  let process: ServerProcess?

  static let shared: TestServer? = {
    let environment = ProcessInfo.processInfo.environment
    guard let conninfo = environment["ARBITER_POSTGRES"], !conninfo.isEmpty else { return nil }
    var process: ServerProcess?
    if let folder = environment["ARBITER_POSTGRES_DATA"], let programs = environment["ARBITER_POSTGRES_PROGRAMS"] {
      process = ServerProcess(folder: folder, programs: programs)
    }
    return TestServer(conninfo: conninfo, process: process)
  }()

  private static let schemaCount = Mutex(0)

  /// Options with a schema that no other test of this process uses.
  func newOptions() -> PostgresOptions {
    let number = Self.schemaCount.withLock { count in
      count += 1
      return count
    }
    let name = SchemaName("test_\(getpid())_\(number)")
    var options = PostgresOptions(conninfo: conninfo, schema: name ?? "test")
    // A busy disk makes a commit wait for seconds; what a limit does is shown by the cases that set one.
    options.writeLimit = .seconds(60)
    options.commitLimit = .seconds(60)
    return options
  }

  func open(_ options: PostgresOptions, clock: any WallClock = SteppingClock()) async throws -> PostgresDatabase {
    try await PostgresDatabase.open(
      options, clock: clock, random: TestRandom(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  /// Closes a database and drops its schema.
  func remove(_ database: PostgresDatabase) async {
    await database.close()
    guard let other = try? await open(newOptions()) else { return }
    _ = try? await other.write("test.drop", in: TestServer.workspace) { transaction in
      _ = try transaction.run("DROP SCHEMA IF EXISTS \(name: database.options.schema) CASCADE")
    }
    await other.close()
  }

  static let workspace = WorkspaceID(UniqueID(high: 1, low: 1))
}

/// Bytes that need not be unpredictable: they spread pauses.
struct TestRandom: RandomSource {
  func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255) } }
}
