import Foundation
import Storage
import Testing
import Vocabulary

@testable import StorageSQLite

@Suite(.timeLimit(.minutes(5))) struct `A migration` {
  let folder: TemporaryFolder
  let clock = ManualClock()

  init() throws { folder = try TemporaryFolder() }

  static let second = Migration(
    module: "testing", number: 2, name: "colours",
    statements: [
      "ALTER TABLE things ADD COLUMN colour TEXT",
      "CREATE TABLE colours (workspace BLOB NOT NULL, name TEXT NOT NULL, PRIMARY KEY (workspace, name))",
    ])

  func open() throws -> SQLiteDatabase {
    try SQLiteDatabase.open(at: folder.database, clock: clock, logger: .silent)
  }

  /// A database at step 1 with two things.
  func makeOld() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1)
    try await database.addThing(2)
    try await database.close()
  }

  @Test func `of a new database copies nothing, and of one that is up to date does nothing`() async throws {
    let database = try open()
    let report = try await database.migrate(testMigrations, copyTo: folder.copies)
    #expect(report.applied.map(\.number) == [1])
    #expect(report.copy == nil)
    let again = try await database.migrate(testMigrations, copyTo: folder.copies)
    #expect(again == MigrationReport(applied: [], copy: nil))
    #expect(try folder.names().filter { $0 == "copies" } == [])
    try await database.close()
  }

  @Test func `goes forward after a verified copy of what was there`() async throws {
    try await makeOld()
    let database = try open()
    let report = try await database.migrate(testMigrations + [Self.second], copyTo: folder.copies)
    #expect(report.applied.map(\.name) == ["colours"])
    let copy = try #require(report.copy)
    #expect(copy == "\(folder.copies)/before-testing-2-20261121T090052.000000Z.sqlite")
    #expect(try folder.names(in: folder.copies).count == 1)
    try VerifiedCopy.verify(copy)
    #expect(try OpenFile(copy, isWritten: false).connection.rowCounts().map(\.count) == [0, 2])
    #expect(try await database.read { try $0.rows("SELECT colour FROM things").count } == 2)
    try await database.close()
  }

  @Test func `makes strict tables of the common dialect's types, without rowid where rows are found by a compound key`()
    async throws
  {
    let database = try await makeDatabase(in: folder)
    let sql = try await database.read { transaction in
      try transaction.rows("SELECT sql FROM sqlite_schema WHERE name IN ('things', 'log') ORDER BY name").map {
        try $0.get("sql", as: String.self)
      }
    }
    #expect(sql[0].hasSuffix("STRICT"))
    #expect(sql[1].hasSuffix("STRICT, WITHOUT ROWID"))
    #expect(
      await storageErrorKind {
        try await database.write { _ = try $0.run("INSERT INTO log (number, content) VALUES (1, 'text')") }
      } == .constraint)
    try await database.close()
  }

  @Test(
    arguments: [
      "CREATE TABLE broken (", "INSERT INTO nowhere VALUES (1)",
      "CREATE TABLE a (b BIGINT NOT NULL REFERENCES c (b) DEFERRABLE INITIALLY DEFERRED, PRIMARY KEY (b))", "VACUUM",
      "COMMIT",
    ] as [StaticString])
  func `that fails leaves the database as it was, with steps before it undone too`(_ statement: StaticString)
    async throws
  {
    try await makeOld()
    let third = Migration(module: "testing", number: 3, name: "broken", statements: [statement])
    let database = try open()
    let kind = await storageErrorKind {
      try await database.migrate(testMigrations + [Self.second, third], copyTo: folder.copies)
    }
    #expect(kind == .statement)
    #expect(try await database.read { try $0.rows("SELECT * FROM things").first?.columns.contains("colour") } == false)
    try await database.addThing(3)
    try await database.close()
  }

  @Test func `refuses a step that was changed after it ran`() async throws {
    try await makeOld()
    let changed = Migration(
      module: "testing", number: 1, name: "create things", statements: ["CREATE TABLE x (y BLOB)"])
    let database = try open()
    #expect(await storageErrorKind { try await database.migrate([changed]) } == .changedMigration)
    try await database.close()
  }

  @Test func `refuses a newer schema before it writes anything`() async throws {
    try await makeOld()
    let newer = try open()
    try await newer.migrate(testMigrations + [Self.second])
    try await newer.close()
    func content() throws -> [[SQLValue]] {
      let file = try OpenFile(folder.database, isWritten: false)
      return try file.schema() + file.connection.rows(ofCommand: "SELECT * FROM schema_migrations").map(\.values)
    }
    let before = try content()
    let old = try open()
    let error = await #expect(throws: StorageError.self) {
      try await old.migrate(testMigrations, copyTo: folder.copies)
    }
    #expect(error?.kind == .newerSchema)
    #expect(error?.message.contains("testing 2 (“colours”)") == true)
    try await old.close()
    #expect(try content() == before)
  }

  @Test func `that is stopped by a failing disk at any point leaves the old schema or the new`() async throws {
    var number = 1
    var isDone = false
    while !isDone, number < 300 {
      let folder = try TemporaryFolder()
      let disk = try FaultyDisk(under: folder)
      let before = try await makeDatabase(in: folder)
      for id in 0..<20 { try await before.addThing(id, bytes: 2_000) }
      try await before.close()
      disk.failWrite(of: .any, at: number, times: 1_000)
      do {
        let database = try await makeDatabase(in: folder, migrations: testMigrations + [Self.second])
        isDone = true
        try? await database.close()
      } catch { #expect(error is StorageError) }
      disk.failWrite(of: [], at: 1)
      let names = try? folder.names(in: folder.copies)
      for name in names ?? [] where name.hasSuffix(".sqlite") { try VerifiedCopy.verify("\(folder.copies)/\(name)") }
      let columns = try OpenFile(folder.database, isWritten: true).connection
        .rows(ofCommand: "SELECT * FROM things LIMIT 1")[0].columns.count
      let steps = try OpenFile(folder.database, isWritten: true).connection.rows(
        ofCommand: "SELECT * FROM schema_migrations")
      #expect(columns == (steps.count == 2 ? 5 : 4), "write \(number)")
      let after = try await makeDatabase(in: folder, migrations: testMigrations + [Self.second])
      #expect(try await after.thingIDs() == Array(0..<20), "write \(number)")
      try await after.close()
      number += 1
    }
    #expect(isDone)
    #expect(number > 20)
  }

  @Test func `does not begin over a copy that is not whole, and leaves no such copy behind`() async throws {
    let before = try await makeDatabase(in: folder)
    for id in 0..<200 { try await before.addThing(id, bytes: 3_000) }
    try await before.close()
    try damage(folder.database)
    let database = try open()
    let kind = await storageErrorKind {
      try await database.migrate(testMigrations + [Self.second], copyTo: folder.copies)
    }
    #expect(kind == .damaged)
    #expect(((try? folder.names(in: folder.copies)) ?? []) == [])
    let steps = try OpenFile(folder.database, isWritten: false).connection
      .rows(ofCommand: "SELECT number FROM schema_migrations")
    #expect(steps.count == 1)
    try? await database.close()
  }

  @Test func `keeps the newest copies only`() async throws {
    try await makeOld()
    for number in 2...9 {
      clock.advance(by: .seconds(1))
      let steps = (2...number).map { number in
        Migration(module: "testing", number: number, name: "more", statements: ["CREATE INDEX i ON things (name)"])
      }
      let database = try open()
      try await database.write { _ = try? $0.run("DROP INDEX IF EXISTS i") }
      try await database.migrate(testMigrations + steps, copyTo: folder.copies)
      try await database.close()
    }
    let names = try folder.names(in: folder.copies)
    #expect(names.count == 5)
    #expect(names.allSatisfy { $0.hasPrefix("before-testing-") && $0.hasSuffix(".sqlite") })
    #expect(names.map { $0.split(separator: "-")[2] } == ["5", "6", "7", "8", "9"])
  }
}

@Suite(.timeLimit(.minutes(5))) struct `A verified copy` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `is one moment of a database in use`() async throws {
    let database = try await makeDatabase(in: folder)
    let copy = "\(folder.path)/copy.sqlite"
    let writing = Task {
      var id = 0
      while !Task.isCancelled {
        try await database.write { [id] transaction in
          try transaction.addThing(id * 2, bytes: 1_000)
          try transaction.addThing(id * 2 + 1)
        }
        id += 1
      }
      return id
    }
    while database.counts.commits < 20 { await Task.yield() }
    try await database.copy(to: copy)
    writing.cancel()
    _ = try? await writing.value
    let counts = try OpenFile(copy, isWritten: false).connection.rowCounts()
    #expect(counts.contains { $0.table == "things" && $0.count >= 20 && $0.count % 2 == 0 })
    #expect(try folder.names().filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
    try await database.close()
  }

  @Test func `replaces nothing`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.copy(to: "\(folder.path)/copy.sqlite")
    #expect(await storageErrorKind { try await database.copy(to: "\(folder.path)/copy.sqlite") } == .noAccess)
    try await database.close()
  }

  @Test func `leaves nothing behind when there is no room for it`() async throws {
    let disk = try FaultyDisk(under: folder)
    let database = try await makeDatabase(in: folder)
    for id in 0..<20 { try await database.addThing(id, bytes: 3_000) }
    disk.setRoom(20_000)
    #expect(await storageErrorKind { try await database.copy(to: "\(folder.path)/copy.sqlite") } == .full)
    #expect(try folder.names().filter { $0.hasPrefix("copy") } == [])
    disk.setRoom(nil)
    try await database.copy(to: "\(folder.path)/copy.sqlite")
    try await database.close()
  }

  @Test func `that was damaged is found out`() async throws {
    let database = try await makeDatabase(in: folder)
    for id in 0..<200 { try await database.addThing(id, bytes: 3_000) }
    let copy = "\(folder.path)/copy.sqlite"
    try await database.copy(to: copy)
    try await database.close()
    try damage(copy)
    #expect(await storageErrorKind { try VerifiedCopy.verify(copy) } == .damaged)
  }
}

/// Overwrites the middle of a file.
func damage(_ path: String) throws {
  let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
  try file.seek(toOffset: file.seekToEnd() / 2 / 4096 * 4096)
  try file.write(contentsOf: Data(repeating: 0xab, count: 4096))
  try file.close()
}
