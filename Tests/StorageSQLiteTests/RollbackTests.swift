import Foundation
import Storage
import Testing
import Vocabulary

@testable import StorageSQLite

@Suite(.timeLimit(.minutes(5))) struct `Rolling a migration back` {
  let folder: TemporaryFolder
  let clock = ManualClock()

  init() throws { folder = try TemporaryFolder() }

  let newer =
    testMigrations + [
      Migration(
        module: "testing", number: 2, name: "colours",
        statements: [
          "ALTER TABLE things ADD COLUMN colour TEXT",
          "CREATE TABLE colours (workspace BLOB NOT NULL, name TEXT NOT NULL, PRIMARY KEY (workspace, name))",
          "INSERT INTO colours (workspace, name) SELECT workspace, name FROM things WHERE id = 1",
        ])
    ]

  /// Three things at step 1, then step 2, then `writes`.
  func makeNew(_ writes: @escaping @Sendable (any Transaction) throws -> Void = { _ in }) async throws {
    let old = try await makeDatabase(in: folder)
    for id in 1...3 { try await old.addThing(id) }
    try await old.close()
    let new = try await makeDatabase(in: folder, clock: clock, migrations: newer)
    try await new.write(writes)
    try await new.close()
  }

  func rollback(discarding: Int? = nil) throws -> RollbackReport {
    try SQLiteDatabase.rollback(at: folder.database, copies: folder.copies, discarding: discarding, clock: clock)
  }

  @Test func `puts the copy in place when nothing was written since, and keeps both files`() async throws {
    try await makeNew()
    let report = try rollback()
    #expect(report.discarded == 0)
    let old = try await makeDatabase(in: folder)
    #expect(try await old.thingIDs() == [1, 2, 3])
    try await old.close()
    #expect(try folder.names() == ["arbiter.sqlite", "arbiter.sqlite.replaced-20261121T090052.000000Z", "copies"])
    #expect(try OpenFile(report.replaced, isWritten: false).connection.tables().contains("colours"))
    try VerifiedCopy.verify(report.restored)
  }

  @Test(
    arguments: [
      ("INSERT INTO things (workspace, id, name) SELECT workspace, id + 100, name FROM things", 3),
      ("DELETE FROM things WHERE id = 2", 1),
      ("UPDATE things SET name = 'other' WHERE id <> 2", 2),
      ("UPDATE things SET colour = 'red'", 0),
      ("INSERT INTO colours (workspace, name) SELECT workspace, 'new ' || id FROM things", 3),
      ("DELETE FROM colours", 1),
      ("INSERT INTO log (number, content) SELECT id, x'00' FROM things", 3),
    ] as [(SQL, Int)])
  func `says how many rows would be lost, and does it when told that number`(_ write: SQL, _ lost: Int) async throws {
    try await makeNew { try $0.run(write) }
    if lost > 0 {
      for wrong in [nil, 0, lost + 1, lost - 1] where wrong != lost {
        let error = #expect(throws: StorageError.self) { try rollback(discarding: wrong) }
        #expect(error?.message.hasPrefix("\(lost) rows were written since the migration") == true)
        #expect(error?.message.hasSuffix("--discard \(lost)") == true)
      }
      #expect(try OpenFile(folder.database, isWritten: false).connection.tables().contains("colours"))
    }
    #expect(try rollback(discarding: lost).discarded == lost)
    let old = try await makeDatabase(in: folder)
    #expect(try await old.thingIDs() == [1, 2, 3])
    try await old.close()
  }

  @Test func `takes the newest copy`() async throws {
    try await makeNew()
    clock.advance(by: .seconds(60))
    let third = Migration(
      module: "testing", number: 3, name: "an index", statements: ["CREATE INDEX i ON things (name)"])
    let newest = try await makeDatabase(in: folder, clock: clock, migrations: newer + [third])
    try await newest.close()
    #expect(try rollback().restored.hasSuffix("/before-testing-3-20261121T090152.000000Z.sqlite"))
    let new = try await makeDatabase(in: folder, migrations: newer)
    #expect(try await new.thingIDs() == [1, 2, 3])
    try await new.close()
  }

  @Test func `is refused without a copy, with a damaged one, and while the database is open`() async throws {
    #expect(await storageErrorKind { _ = try rollback() } == .unavailable)
    try await makeNew()
    let open = try await makeDatabase(in: folder, migrations: newer)
    #expect(await storageErrorKind { _ = try rollback() } == .locked)
    try await open.close()
    let copy = try #require(try folder.names(in: folder.copies).first)
    try damage("\(folder.copies)/\(copy)")
    #expect(await storageErrorKind { _ = try rollback() } == .damaged)
    let still = try await makeDatabase(in: folder, migrations: newer)
    #expect(try await still.thingIDs() == [1, 2, 3])
    try await still.close()
  }
}
