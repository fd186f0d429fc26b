import Foundation
import GRDB
import Storage
import Vocabulary

/// What one operation writes: its effect, the number of its event, the event, the journal's row with 400 bytes, and the
/// answer for its idempotency key.
struct StorageBenchRows: Sendable {
  static let workspaces = (0..<16).map { WorkspaceID(UniqueID(high: 0x0197_0000_0000_7000, low: UInt64($0))) }
  static let thingsEach = 1_000
  static let topicsEach = 64

  let workspace: WorkspaceID
  let thing: Int
  let topic: Int
  let row: UniqueID
  let key: [UInt8]
  let content: [UInt8]
  let time: Timestamp

  init(caller: Int, sequence: Int, random: inout BenchRandom) {
    workspace = Self.workspaces[caller % Self.workspaces.count]
    thing = Int(random.next() % UInt64(Self.thingsEach))
    topic = caller / Self.workspaces.count % Self.topicsEach
    // As version 7 ids: later ones sort behind earlier ones of their workspace.
    row = UniqueID(high: UInt64(sequence) << 16 | 0x7000, low: UInt64(caller) << 32 | UInt64(random.next() >> 32))
    key = random.bytes(16)
    content = random.bytes(400)
    time = Timestamp(microseconds: Int64(sequence))
  }

  /// Through our seam.
  @discardableResult
  func write(in transaction: any Transaction) throws -> Int64? {
    try transaction.run(
      "UPDATE things SET value = value + 1, updated = \(time) WHERE workspace = \(workspace) AND id = \(thing)")
    let number: Int64? = try transaction.value(
      "UPDATE topics SET last = last + 1 WHERE workspace = \(workspace) AND topic = \(topic) RETURNING last")
    try transaction.run(
      "INSERT INTO events (workspace, topic, number, payload) VALUES (\(workspace), \(topic), \(number), \(row))")
    try transaction.run(
      """
      INSERT INTO journal (workspace, id, operation, time, content)
      VALUES (\(workspace), \(row), \("things.add"), \(time), \(content))
      """)
    try transaction.run(
      "INSERT INTO idempotency (workspace, key, result, expires) VALUES (\(workspace), \(key), \(row), \(time))")
    return number
  }

  /// The same statements as one does it with GRDB.
  @discardableResult
  func write(in database: GRDB.Database) throws -> Int64? {
    let (workspace, row) = (Data(workspace.raw.bytes), Data(row.bytes))
    try database.cachedStatement(sql: "UPDATE things SET value = value + 1, updated = ? WHERE workspace = ? AND id = ?")
      .execute(arguments: [time.microseconds, workspace, thing])
    let number = try Int64.fetchOne(
      database.cachedStatement(
        sql: "UPDATE topics SET last = last + 1 WHERE workspace = ? AND topic = ? RETURNING last"),
      arguments: [workspace, topic])
    try database.cachedStatement(sql: "INSERT INTO events (workspace, topic, number, payload) VALUES (?, ?, ?, ?)")
      .execute(arguments: [workspace, topic, number, row])
    try database.cachedStatement(
      sql: "INSERT INTO journal (workspace, id, operation, time, content) VALUES (?, ?, ?, ?, ?)"
    ).execute(arguments: [workspace, row, "things.add", time.microseconds, Data(content)])
    try database.cachedStatement(sql: "INSERT INTO idempotency (workspace, key, result, expires) VALUES (?, ?, ?, ?)")
      .execute(arguments: [workspace, Data(key), row, time.microseconds])
    return number
  }

  static let migrations = [
    Migration(
      module: "bench", number: 1, name: "create tables",
      statements: [
        """
        CREATE TABLE things (
          workspace BLOB NOT NULL, id BIGINT NOT NULL, value BIGINT NOT NULL, updated BIGINT NOT NULL,
          PRIMARY KEY (workspace, id))
        """,
        """
        CREATE TABLE topics (
          workspace BLOB NOT NULL, topic BIGINT NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (workspace, topic))
        """,
        """
        CREATE TABLE events (
          workspace BLOB NOT NULL, topic BIGINT NOT NULL, number BIGINT NOT NULL, payload BLOB NOT NULL,
          PRIMARY KEY (workspace, topic, number))
        """,
        """
        CREATE TABLE journal (
          workspace BLOB NOT NULL, id BLOB NOT NULL, operation TEXT NOT NULL, time BIGINT NOT NULL,
          content BLOB NOT NULL, PRIMARY KEY (workspace, id))
        """,
        """
        CREATE TABLE idempotency (
          workspace BLOB NOT NULL, key BLOB NOT NULL, result BLOB NOT NULL, expires BIGINT NOT NULL,
          PRIMARY KEY (workspace, key))
        """,
      ])
  ]

  /// The things and topics that are there from the start.
  static func fill(_ transaction: any Transaction) throws {
    for workspace in workspaces {
      for id in 0..<thingsEach {
        try transaction.run("INSERT INTO things (workspace, id, value, updated) VALUES (\(workspace), \(id), 0, 0)")
      }
      for topic in 0..<topicsEach {
        try transaction.run("INSERT INTO topics (workspace, topic, last) VALUES (\(workspace), \(topic), 0)")
      }
    }
  }
}

/// SplitMix64: quick, and the same for the same seed.
struct BenchRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var place = 0
      while place < count {
        withUnsafeBytes(of: next()) { word in
          for byte in word where place < count {
            buffer[place] = byte
            place += 1
          }
        }
      }
      filled = count
    }
  }
}
