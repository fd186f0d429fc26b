import Storage
import StorageConformance
import StoragePostgres
import Testing
import Vocabulary

extension PostgresSuite {
  /// Two programs on one database: what the queue within a process does not order.
  @Suite struct Nodes {
    private let server: TestServer

    init() throws { server = try #require(TestServer.shared) }

    private func withNodes(_ body: (PostgresDatabase, PostgresDatabase) async throws -> Void) async throws {
      var options = server.newOptions()
      options.attemptsMax = 100
      let first = try await server.open(options)
      let second = try await server.open(options)
      try await first.migrate(StorageConformance.migrations)
      do {
        try await body(first, second)
      } catch {
        await second.close()
        await server.remove(first)
        throw error
      }
      await second.close()
      await server.remove(first)
    }

    private func counter(_ transaction: any ReadTransaction) throws -> Int64 {
      try transaction.value("SELECT value FROM conformance_counters WHERE workspace = \(transaction.workspace)") ?? -1
    }

    @Test func `increments of two nodes at once lose nothing: conflicts run again`() async throws {
      try await withNodes { first, second async throws in
        let runs = Shared(0)
        try await first.write("make", in: TestServer.workspace) { transaction in
          _ = try transaction.run(
            "INSERT INTO conformance_counters (workspace, name) VALUES (\(transaction.workspace), 'a')")
        }
        try await withThrowingTaskGroup { group in
          for index in 0..<64 {
            group.addTask {
              try await (index.isMultiple(of: 2) ? first : second).write("count", in: TestServer.workspace) {
                transaction in
                runs.withLock { $0 += 1 }
                let value = try counter(transaction)
                try transaction.run(
                  "UPDATE conformance_counters SET value = \(value + 1) WHERE workspace = \(transaction.workspace)")
              }
            }
          }
          try await group.waitForAll()
        }
        #expect(try await second.read("look", in: TestServer.workspace) { try counter($0) } == 64)
        #expect(runs.withLock { $0 } >= 64)
      }
    }

    @Test func `write skew between two nodes is not possible`() async throws {
      try await withNodes { first, second async throws in
        try await withThrowingTaskGroup { group in
          for index in 0..<16 {
            group.addTask {
              try await (index.isMultiple(of: 2) ? first : second).write("take", in: TestServer.workspace) {
                transaction in
                let taken: Int64? = try transaction.value("SELECT COUNT(*) AS n FROM conformance_counters")
                guard taken == 0 else { return }
                try transaction.run(
                  """
                  INSERT INTO conformance_counters (workspace, name)
                  VALUES (\(transaction.workspace), \("taken by \(index)"))
                  """)
              }
            }
          }
          try await group.waitForAll()
        }
        let count: Int64? = try await first.read("look", in: TestServer.workspace) {
          try $0.value("SELECT COUNT(*) AS n FROM conformance_counters")
        }
        #expect(count == 1)
      }
    }

    @Test func `a body that is always in another's way ends as rolled back`() async throws {
      var options = server.newOptions()
      options.attemptsMax = 3
      let database = try await server.open(options)
      try await database.migrate(StorageConformance.migrations)
      let other = try await server.open(options)
      let runs = Shared(0)
      try await database.write("make", in: TestServer.workspace) { transaction in
        _ = try transaction.run(
          "INSERT INTO conformance_counters (workspace, name) VALUES (\(transaction.workspace), 'a')")
      }
      let error = await #expect(throws: StorageError.self) {
        try await database.write("never", in: TestServer.workspace) { transaction in
          let value = try counter(transaction)
          runs.withLock { $0 += 1 }
          try interfere(other)
          try transaction.run("UPDATE conformance_counters SET value = \(value + 1)")
        }
      }
      #expect(error?.kind == .rolledBack)
      #expect(runs.withLock { $0 } == 3)
      #expect(try await database.read("look", in: TestServer.workspace) { try counter($0) } == 300)
      await other.close()
      await server.remove(database)
    }

    /// Changes the counter from elsewhere while a body runs.
    private func interfere(_ other: PostgresDatabase) throws {
      let done = Latch()
      Task {
        do {
          try await other.write("interfere", in: TestServer.workspace) { transaction in
            _ = try transaction.run("UPDATE conformance_counters SET value = value + 100")
          }
        } catch { Issue.record(error) }
        done.open()
      }
      try done.hold()
    }
  }
}
