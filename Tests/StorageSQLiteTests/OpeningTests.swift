import Foundation
import Storage
import Testing

@testable import StorageSQLite

@Suite struct `Opening a database` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func kindOfOpening(_ path: String? = nil, _ mode: SQLiteOptions.Mode = .readWrite) async -> StorageError.Kind? {
    await storageErrorKind {
      let options = SQLiteOptions(mode: mode)
      let database = try SQLiteDatabase.open(
        at: path ?? folder.database, options: options, clock: ManualClock(), logger: .silent)
      try await database.close()
    }
  }

  @Test func `makes a file that only this account may read`() async throws {
    let database = try await makeDatabase(in: folder)
    for name in ["arbiter.sqlite", "arbiter.sqlite-wal", "arbiter.sqlite-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
    }
    try await database.close()
  }

  @Test(arguments: ["no database at all", "", "SQLite format 3\0 and then nothing of the kind"])
  func `refuses what is not a database, unless it is empty`(_ content: String) async throws {
    try Data(String(repeating: content, count: 100).utf8).write(to: URL(fileURLWithPath: folder.database))
    #expect(await kindOfOpening() == (content.isEmpty ? nil : .damaged))
  }

  @Test func `refuses a folder that is not there, and to look at a file that is not`() async throws {
    #expect(await kindOfOpening("\(folder.path)/nowhere/arbiter.sqlite") == .noAccess)
    #expect(await kindOfOpening("\(folder.path)/other.sqlite", .readOnly) == .noAccess)
    #expect(try folder.names() == [])
  }

  @Test func `for reading only changes nothing and writes nothing, beside one who writes`() async throws {
    let writing = try await makeDatabase(in: folder)
    try await writing.addThing(1)
    let reading = try SQLiteDatabase.open(
      at: folder.database, options: SQLiteOptions(mode: .readOnly), clock: ManualClock(), logger: .silent)
    #expect(try await reading.thingIDs() == [1])
    try await writing.addThing(2)
    #expect(try await reading.thingIDs() == [1, 2])
    #expect(await storageErrorKind { try await reading.addThing(3) } == .readOnly)
    #expect(reading.health != .ready)
    try await reading.close()
    try await writing.addThing(4)
    #expect(try await writing.thingIDs() == [1, 2, 4])
    try await writing.close()
  }

  @Test func `keeps what makes a write durable, on the connection that writes`() async throws {
    let database = try await makeDatabase(in: folder)
    let found = await database.onWriterQueue { connection in
      ["synchronous", "fullfsync", "checkpoint_fullfsync", "journal_mode", "foreign_keys"].map { name in
        (try? connection.rows(ofCommand: "PRAGMA \(name)").first?.values.first) ?? .null
      }
    }
    #expect(found == [.integer(2), .integer(1), .integer(1), .text("wal"), .integer(1)])
    try await database.close()
  }

  @Test func `finds damage when asked to look`() async throws {
    let database = try await makeDatabase(in: folder)
    for id in 0..<200 { try await database.addThing(id, bytes: 3_000) }
    #expect(try await database.checkIntegrity() == [])
    try await database.close()
    try damage(folder.database)
    let again = try SQLiteDatabase.open(at: folder.database, clock: ManualClock(), logger: .silent)
    #expect(try await !again.checkIntegrity(atMost: 3).isEmpty)
    try await again.close()
  }
}

@Suite struct `A fault` {
  @Test(
    arguments: [
      (5, .busy), (7, .memory), (8, .access), (8 | 4 << 8, .disk), (9, .interrupted), (10, .disk), (10 | 4 << 8, .disk),
      (10 | 12 << 8, .memory), (11, .damaged), (11 | 3 << 8, .damaged), (13, .full), (14, .access), (19, .constraint),
      (19 | 8 << 8, .constraint), (26, .damaged), (1, .statement), (21, .statement), (999, .statement),
    ] as [(Int32, Fault)])
  func `is read from a result code`(_ code: Int32, _ fault: Fault) {
    #expect(Fault(code: code) == fault)
  }

  @Test(
    arguments: [
      (.constraint, .constraint), (.statement, .statement), (.busy, .rolledBack), (.interrupted, .timedOut),
      (.full, .full), (.memory, .rolledBack), (.disk, .readOnly), (.damaged, .damaged), (.access, .noAccess),
    ] as [(Fault, StorageError.Kind)])
  func `becomes an error that says what to do`(_ fault: Fault, _ kind: StorageError.Kind) {
    let codes: [Fault: Int32] = [
      .constraint: 19, .statement: 1, .busy: 5, .interrupted: 9, .full: 13, .memory: 7, .disk: 10, .damaged: 11,
      .access: 14,
    ]
    let error = SQLiteFailure(code: codes[fault] ?? 0, words: "as SQLite says").storageError(statement: "SELECT ?")
    #expect(error.kind == kind)
    #expect(error.message.hasSuffix("."))
    #expect(error.underlying == "SQLite \(codes[fault] ?? 0): as SQLite says in: SELECT ?")
  }
}
