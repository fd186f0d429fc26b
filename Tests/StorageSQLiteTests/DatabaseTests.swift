import Storage
import Testing
import Vocabulary

@testable import StorageSQLite

@Suite struct `A database` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `gives back what was written, after closing and opening again`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1)
    try await database.close()
    let again = try await makeDatabase(in: folder)
    #expect(try await again.thingIDs() == [1])
    try await again.close()
  }

  @Test func `gives back every kind of value as it was`() async throws {
    let database = try await makeDatabase(
      in: folder,
      migrations: [
        Migration(
          module: "testing", number: 1, name: "values",
          statements: [
            "CREATE TABLE kept (id BIGINT NOT NULL, i BIGINT, r DOUBLE PRECISION, t TEXT, b BLOB, PRIMARY KEY (id))"
          ])
      ])
    let row = try await database.write { transaction in
      try transaction.run("INSERT INTO kept VALUES (1, \(Int64.min), \(0.1), \("naïve 🐉\u{301}"), \([UInt8]()))")
      return try transaction.rows("SELECT i, r, t, b FROM kept")[0].values
    }
    #expect(row == [.integer(.min), .real(0.1), .text("naïve 🐉\u{301}"), .blob([])])
    try await database.close()
  }

  @Test func `passes a body's own error on unchanged and keeps nothing of the body`() async throws {
    let database = try await makeDatabase(in: folder)
    await #expect(throws: Refusal(number: 7)) {
      try await database.write { transaction in
        try transaction.addThing(1)
        throw Refusal(number: 7)
      }
    }
    #expect(try await database.thingIDs() == [])
    try await database.close()
  }

  @Test func `names the key that is there already, and no value`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(4711)
    let error = await #expect(throws: StorageError.self) { try await database.addThing(4711, name: "secret") }
    #expect(error?.kind == .constraint)
    #expect(error?.message == "A row with this key is there already: things.workspace, things.id.")
    #expect(error?.description.contains("secret") == false)
    try await database.close()
  }

  @Test func `refuses a transaction that is used after its body`() async throws {
    final class Escapee: @unchecked Sendable { var transaction: (any Transaction)? }
    let database = try await makeDatabase(in: folder)
    let escapee = Escapee()
    try await database.write { escapee.transaction = $0 }
    #expect(await storageErrorKind { try escapee.transaction?.run("DELETE FROM things") } == .statement)
    try await database.close()
  }

  @Test(
    arguments: [
      "COMMIT", "ROLLBACK", "BEGIN", "SAVEPOINT a", "RELEASE body", "PRAGMA synchronous = OFF", "VACUUM",
      "/* a */ -- b\n (commit", "ATTACH 'x' AS y", "SELECT 1; DELETE FROM things", "", "SELEC 1", "SELECT ?",
    ] as [SQL])
  func `refuses a statement that is not a body's`(_ sql: SQL) async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1)
    let kind = await storageErrorKind {
      try await database.write { transaction in
        try transaction.addThing(2)
        _ = try transaction.rows(sql)
      }
    }
    #expect(kind == .statement)
    #expect(try await database.thingIDs() == [1])
    try await database.close()
  }

  @Test func `refuses everything once it is closed, also a second close does nothing`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1)
    try await database.close()
    try await database.close()
    #expect(await storageErrorKind { try await database.addThing(2) } == .unavailable)
    #expect(await storageErrorKind { _ = try await database.thingIDs() } == .unavailable)
    #expect(await storageErrorKind { try await database.migrate(testMigrations) } == .unavailable)
    #expect(await storageErrorKind { try await database.copy(to: "\(folder.path)/copy") } == .unavailable)
    #expect(await storageErrorKind { _ = try await database.checkIntegrity() } == .unavailable)
    #expect(database.health == .readOnly(reason: "the database is closed"))
    #expect(try folder.names() == ["arbiter.sqlite"])
  }

  @Test func `gives one time to a whole transaction, from the clock`() async throws {
    let clock = ManualClock()
    let database = try await makeDatabase(in: folder, clock: clock)
    let times = try await database.write { transaction in
      let first = transaction.time
      clock.advance(by: .seconds(1))
      return [first, transaction.time]
    }
    #expect(times[0] == times[1])
    #expect(try await database.read { $0.time } == clock.now())
    try await database.close()
  }

  @Test func `does not write in a reading body`() async throws {
    let database = try await makeDatabase(in: folder)
    let kind = await storageErrorKind {
      _ = try await database.read { try $0.rows("DELETE FROM things RETURNING id") }
    }
    #expect(kind == .noAccess)
    try await database.close()
  }

  @Test func `of the scratch kind leaves no file behind`() async throws {
    let database = try SQLiteDatabase.scratch(clock: ManualClock(), logger: .silent)
    try await database.migrate(testMigrations)
    try await database.addThing(1)
    #expect(try await database.thingIDs() == [1])
    let path = database.path
    try await database.close()
    // The folder is everybody's: only what begins with this file's whole name is this database's.
    let name = path.dropFirst(DatabaseFile.folder(of: path).count + 1)
    #expect(!name.isEmpty)
    #expect(try folder.names(in: DatabaseFile.folder(of: path)).allSatisfy { !$0.hasPrefix(name) })
  }
}
