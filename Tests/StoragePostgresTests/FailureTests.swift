import Foundation
import Storage
import StorageConformance
import StoragePostgres
import Testing
import Vocabulary

extension PostgresSuite {
  /// The server killed and frozen. Only with a private one, whose processes the test may signal.
  @Suite(.enabled(if: TestServer.shared?.process != nil, "ARBITER_POSTGRES_DATA names a private server's folder"))
  struct Failures {
    private let server: TestServer
    private let process: ServerProcess

    init() throws {
      server = try #require(TestServer.shared)
      process = try #require(server.process)
    }

    /// What a writer was told of each row.
    private struct Told: Sendable {
      var acknowledged: Set<Int64> = []
      var refused: Set<Int64> = []
      var unknown: Set<Int64> = []
    }

    private func insert(_ place: Int64, into database: PostgresDatabase) async throws {
      try await database.write("failures.insert", in: TestServer.workspace(place % 8)) { transaction in
        _ = try transaction.run("INSERT INTO conformance_log (place, note) VALUES (\(place), 'row')")
      }
    }

    private func places(in database: PostgresDatabase) async throws -> Set<Int64> {
      try await database.read("failures.look", in: TestServer.workspace) { transaction in
        Set(try transaction.rows("SELECT place FROM conformance_log", as: Int64.self))
      }
    }

    /// Until the server answers again; the pauses are the database's own.
    private func recover(_ database: PostgresDatabase) async throws -> Duration {
      let start = ContinuousClock.now
      while true {
        do {
          _ = try await places(in: database)
          return .now - start
        } catch let error as StorageError where error.isRetryable && .now - start < .seconds(30) {
          await Task.yield()
        }
      }
    }

    private func connectionCount(_ database: PostgresDatabase) async throws -> Int64 {
      try await database.read("failures.count", in: TestServer.workspace) { transaction in
        try transaction.value("SELECT COUNT(*) AS n FROM pg_stat_activity WHERE usename = 'arbiter'") ?? 0
      }
    }

    @Test func `a server killed under load loses no acknowledged row`() async throws {
      let database = try await server.open(server.newOptions())
      try await database.migrate(StorageConformance.migrations)
      let told = Shared(Told())
      let isDown = Shared(false)
      try await withThrowingTaskGroup { group in
        for writer in Int64(0)..<16 {
          group.addTask {
            var place = writer * 1_000_000
            // Every writer goes on until it is told that the server is gone.
            while !isDown.withLock({ $0 }) {
              place += 1
              let place = place
              do {
                try await insert(place, into: database)
                _ = told.withLock { $0.acknowledged.insert(place) }
              } catch let error as StorageError {
                _ = told.withLock { told in
                  error.kind == .outcomeUnknown ? told.unknown.insert(place) : told.refused.insert(place)
                }
              }
            }
          }
        }
        group.addTask {
          while told.withLock({ $0.acknowledged.count }) < 500 { await Task.yield() }
          try process.kill()
          while told.withLock({ $0.refused.count }) < 16 { await Task.yield() }
          isDown.withLock { $0 = true }
        }
        try await group.waitForAll()
      }
      try await blocking { try process.start() }
      let recovery = try await recover(database)
      let there = try await places(in: database)
      let result = told.withLock { $0 }
      #expect(result.acknowledged.subtracting(there).isEmpty, "acknowledged and gone")
      #expect(result.refused.intersection(there).isEmpty, "told as not written and there")
      #expect(there.subtracting(result.acknowledged).isSubset(of: result.unknown), "rows that nobody asked for")
      #expect(recovery < .seconds(5))
      #expect(try await connectionCount(database) <= Int64(database.options.connectionsMax))
      await server.remove(database)
    }

    @Test func `a frozen server fails every call soon, and is used again when it thaws`() async throws {
      let database = try await server.open(server.newOptions())
      try await database.migrate(StorageConformance.migrations)
      for place in Int64(0)..<32 { try await insert(place, into: database) }
      try process.freeze()
      defer { try? process.thaw() }
      let longest = Shared(Duration.zero)
      let kinds = Shared<Set<StorageError.Kind>>([])
      await withTaskGroup { group in
        for place in Int64(100)..<164 {
          group.addTask {
            let start = ContinuousClock.now
            do {
              try await insert(place, into: database)
              Issue.record("a frozen server acknowledged a row")
            } catch let error as StorageError {
              _ = kinds.withLock { $0.insert(error.kind) }
            } catch { Issue.record(error) }
            longest.withLock { $0 = max($0, .now - start) }
          }
        }
      }
      #expect(kinds.withLock { $0 }.isSubset(of: [.rolledBack, .unavailable, .timedOut]))
      if case .readOnly = database.health {} else { Issue.record("the health is \(database.health)") }
      // Silence, question, then refusal at once: 1.8 s. The bound leaves a busy machine room.
      #expect(longest.withLock { $0 } < .seconds(4))
      try process.thaw()
      let recovery = try await recover(database)
      #expect(recovery < .seconds(5))
      #expect(database.health == .ready)
      #expect(try await places(in: database) == Set(0..<32))
      try await insert(1000, into: database)
      #expect(try await connectionCount(database) <= Int64(database.options.connectionsMax))
      await server.remove(database)
    }

    @Test func `a commit that is not answered has an unknown outcome`() async throws {
      let database = try await server.open(server.newOptions())
      try await database.migrate(StorageConformance.migrations)
      defer { try? process.thaw() }
      let error = await #expect(throws: StorageError.self) {
        try await database.write("freeze", in: TestServer.workspace) { transaction in
          try transaction.run("INSERT INTO conformance_log (place, note) VALUES (1, 'row')")
          try process.freeze()
        }
      }
      #expect(error?.kind == .outcomeUnknown)
      #expect(error?.isRetryable == false)
      try process.thaw()
      _ = try await recover(database)
      // The server had the COMMIT in its socket when it thawed, so this time the row is there.
      while try await places(in: database).isEmpty { await Task.yield() }
      await server.remove(database)
    }
  }
}

extension TestServer {
  static func workspace(_ number: Int64) -> WorkspaceID {
    WorkspaceID(UniqueID(high: 2, low: UInt64(clamping: number)))
  }
}
