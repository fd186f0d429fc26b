import Foundation
import Storage
import StorageConformance
import StoragePostgres
import Testing
import Vocabulary

extension PostgresSuite {
  /// What the engine asks of its server.
  @Suite struct Server {
    private let server: TestServer

    init() throws { server = try #require(TestServer.shared) }

    private func expectRefusal(_ kind: StorageError.Kind, _ conninfo: String, says words: String) async {
      var options = server.newOptions()
      options.conninfo = conninfo
      let error = await #expect(throws: StorageError.self) { try await server.open(options) }
      #expect(error?.kind == kind)
      #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func `a server that is not there is unavailable, at once`() async {
      await expectRefusal(.unavailable, "host=127.0.0.1 port=1 dbname=postgres password=hunter2", says: "refused")
    }

    @Test func `an address that makes no sense is told`() async {
      await expectRefusal(.unavailable, "host=127.0.0.1 nonsense", says: "nonsense")
    }

    @Test func `a database that is not there is told`() async {
      await expectRefusal(.unavailable, "\(server.conninfo) dbname=nothing_here", says: "nothing_here")
    }

    @Test func `a database of another encoding is refused`() async throws {
      let database = try await server.open(server.newOptions())
      try await database.administer("DROP DATABASE IF EXISTS arbiter_latin")
      try await database.administer(
        "CREATE DATABASE arbiter_latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
      await expectRefusal(.statement, "\(server.conninfo) dbname=arbiter_latin", says: "LATIN1")
      try await database.administer("DROP DATABASE arbiter_latin")
      await server.remove(database)
    }

    @Test func `commits are synchronous whatever the database's default is`() async throws {
      let database = try await server.open(server.newOptions())
      try await database.administer("ALTER DATABASE postgres SET synchronous_commit = off")
      let other = try await server.open(server.newOptions())
      let setting: String? = try await other.read("look", in: TestServer.workspace) {
        try $0.value("SELECT current_setting('synchronous_commit') AS setting")
      }
      #expect(setting == "on")
      await other.close()
      try await database.administer("ALTER DATABASE postgres RESET synchronous_commit")
      await server.remove(database)
    }

    @Test func `a connection that the server closed while idle is replaced unseen`() async throws {
      let database = try await server.open(server.newOptions())
      let other = try await server.open(server.newOptions())
      try await database.migrate(StorageConformance.migrations)
      for _ in 0..<3 {
        try await other.administer(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = 'arbiter'"
        )
        let one: Int64? = try await database.write("one", in: TestServer.workspace) { try $0.value("SELECT 1 AS n") }
        #expect(one == 1)
      }
      await other.close()
      await server.remove(database)
    }

    @Test func `a connection that breaks within a body is rolled back, and the next body goes on`() async throws {
      let database = try await server.open(server.newOptions())
      try await database.migrate(StorageConformance.migrations)
      let error = await #expect(throws: StorageError.self) {
        try await database.write("cut", in: TestServer.workspace) { transaction in
          try transaction.run(
            "INSERT INTO conformance_counters (workspace, name) VALUES (\(transaction.workspace), 'a')")
          _ = try transaction.rows("SELECT pg_terminate_backend(pg_backend_pid()) AS done")
        }
      }
      #expect(error?.kind == .rolledBack)
      let count: Int64? = try await database.read("look", in: TestServer.workspace) {
        try $0.value("SELECT COUNT(*) AS n FROM conformance_counters")
      }
      #expect(count == 0)
      await server.remove(database)
    }

    @Test func `a statement over its limit is stopped on the server, and its connection goes on`() async throws {
      var options = server.newOptions()
      options.connectionsMax = 1
      options.readLimit = .seconds(1)
      let database = try await server.open(options)
      let before = try await database.backend()
      let error = await #expect(throws: StorageError.self) {
        try await database.read("slow", in: TestServer.workspace) { _ = try $0.rows("SELECT pg_sleep(600) AS slept") }
      }
      #expect(error?.kind == .timedOut)
      #expect(try await database.backend() == before)
      await server.remove(database)
    }

    @Test func `a closed database takes nothing more, and lets what runs come to its end`() async throws {
      let database = try await server.open(server.newOptions())
      try await database.migrate(StorageConformance.migrations)
      let began = Latch()
      let mayEnd = Latch()
      let running = Task {
        try await database.write("last", in: TestServer.workspace) { transaction in
          began.open()
          try mayEnd.hold()
          return try transaction.run(
            "INSERT INTO conformance_counters (workspace, name) VALUES (\(transaction.workspace), 'a')")
        }
      }
      try await blocking { try began.hold() }
      async let closed: Void = database.close()
      await #expect(throws: StorageError.self) {
        // Closing begins at once; until then a body is still taken.
        while true { try await database.read("late", in: TestServer.workspace) { _ in } }
      }
      mayEnd.open()
      #expect(try await running.value == 1)
      await closed
      await server.remove(database)
    }
  }
}

extension PostgresDatabase {
  /// Runs a statement that may not stand in a transaction: the body's own is ended around it.
  func administer(_ statement: SQL) async throws {
    try await write("test.administer", in: TestServer.workspace) { transaction in
      _ = try transaction.run("COMMIT")
      _ = try transaction.run(statement)
      _ = try transaction.run("BEGIN")
    }
  }
}

extension PostgresDatabase {
  /// The process of the server behind a connection.
  func backend() async throws -> Int64? {
    try await read("test.backend", in: TestServer.workspace) { try $0.value("SELECT pg_backend_pid() AS process") }
  }
}

/// Runs what waits on a thread of its own.
func blocking<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}
