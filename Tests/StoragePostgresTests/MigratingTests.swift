import Storage
import StorageConformance
import StoragePostgres
import Testing

extension PostgresSuite {
  @Suite struct Migrating {
    private let server: TestServer
    private static let first = Migration(
      module: "notes", number: 1, name: "create notes",
      statements: ["CREATE TABLE notes (workspace BLOB NOT NULL, id BIGINT NOT NULL, PRIMARY KEY (workspace, id))"])
    private static let second = Migration(
      module: "notes", number: 2, name: "add texts", statements: ["ALTER TABLE notes ADD COLUMN text TEXT"])

    init() throws { server = try #require(TestServer.shared) }

    private func withDatabase(_ body: (PostgresDatabase) async throws -> Void) async throws {
      let database = try await server.open(server.newOptions())
      do { try await body(database) } catch {
        await server.remove(database)
        throw error
      }
      await server.remove(database)
    }

    private func expectError(
      _ kind: StorageError.Kind, _ migrations: [Migration], on database: PostgresDatabase
    ) async {
      let error = await #expect(throws: StorageError.self) { try await database.migrate(migrations) }
      #expect(error?.kind == kind)
    }

    @Test func `each step runs once`() async throws {
      try await withDatabase { database async throws in
        #expect(try await database.migrate([Self.first]) == [Self.first])
        #expect(try await database.migrate([Self.first, Self.second]) == [Self.second])
        #expect(try await database.migrate([Self.first, Self.second]).isEmpty)
      }
    }

    @Test func `two programs that migrate at once run each step once`() async throws {
      try await withDatabase { database async throws in
        let other = try await server.open(database.options)
        async let here = database.migrate([Self.first, Self.second])
        async let there = other.migrate([Self.first, Self.second])
        #expect(try await here.count + there.count == 2)
        await other.close()
      }
    }

    @Test func `a changed step and an unknown one are refused before anything is written`() async throws {
      try await withDatabase { database async throws in
        try await database.migrate([Self.first, Self.second])
        await expectError(.newerSchema, [Self.first], on: database)
        let changed = Migration(module: "notes", number: 2, name: "add texts", statements: ["DROP TABLE notes"])
        await expectError(.changedMigration, [Self.first, changed], on: database)
        #expect(try await database.migrate([Self.first, Self.second]).isEmpty)
      }
    }

    @Test func `a step that fails half-way leaves nothing, and runs when it is mended`() async throws {
      try await withDatabase { database async throws in
        let broken = Migration(
          module: "notes", number: 2, name: "add texts",
          statements: ["ALTER TABLE notes ADD COLUMN text TEXT", "ALTER TABLE nowhere ADD COLUMN text TEXT"])
        await expectError(.statement, [Self.first, broken], on: database)
        #expect(try await database.migrate([Self.first, Self.second]) == [Self.second])
      }
    }

    @Test func `a step outside the common dialect is refused`() async throws {
      try await withDatabase { database async throws in
        let foreign = Migration(
          module: "notes", number: 1, name: "create notes", statements: ["CREATE TABLE notes (id SERIAL PRIMARY KEY)"])
        await expectError(.statement, [foreign], on: database)
      }
    }
  }
}
