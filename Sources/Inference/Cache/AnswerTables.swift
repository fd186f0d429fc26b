import Storage
import Vocabulary

/// The table of answers. It is no part of the journalled state, and everything in it may be lost.
enum AnswerTables {
  /// What a workspace may keep.
  struct Bounds: Sendable {
    var bytes: Int64 = 256 << 20
    var answers: Int64 = 10_000
  }

  /// Rows that one transaction makes room with.
  private static let evictedMax = 500
  /// Rows, and bytes of them, that one transaction takes away of what is not found any more. A whole cache at once would
  /// hold up whoever else writes for longer than a body may take.
  static let staleRowsMax = 200
  private static let staleBytesMax: Int64 = 4 << 20

  static let migrations = [
    Migration(
      module: "cache", number: 1, name: "create cached answers",
      statements: [
        """
        CREATE TABLE cached_answers (
          workspace BLOB NOT NULL,
          key BLOB NOT NULL,
          sealed BLOB NOT NULL,
          bytes BIGINT NOT NULL,
          task TEXT NOT NULL,
          provider TEXT NOT NULL,
          model TEXT NOT NULL,
          created_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL,
          used_at BIGINT NOT NULL,
          hits BIGINT NOT NULL,
          PRIMARY KEY (workspace, key)
        )
        """,
        "CREATE INDEX cached_answers_by_use ON cached_answers (workspace, used_at, bytes)",
      ]),
    Migration(
      module: "cache", number: 2, name: "empty the cache at once",
      statements: [
        """
        CREATE TABLE cache_floors (
          workspace BLOB NOT NULL,
          emptied_at BIGINT NOT NULL,
          PRIMARY KEY (workspace)
        )
        """,
        // With all that is asked of many rows: what stands behind a sealed answer in its row is read through the answer.
        """
        CREATE INDEX cached_answers_by_age
        ON cached_answers (workspace, created_at, expires_at, bytes, hits, key)
        """,
      ]),
  ]

  struct Row: Decodable, Sendable {
    let sealed: Sealed<JSONText>
    let createdAt, expiresAt: Timestamp

    func open(_ key: AnswerKey, _ sealer: any Sealer, in workspace: WorkspaceID) throws -> StoredAnswer {
      StoredAnswer(
        text: try sealed.open(with: sealer, at: place(key, workspace)), createdAt: createdAt, expiresAt: expiresAt)
    }
  }

  /// An answer that has not expired, and is younger than the last emptying.
  static func row(_ key: AnswerKey, in transaction: any ReadTransaction) throws -> Row? {
    let floor = try floor(in: transaction)
    return try transaction.first(
      """
      SELECT sealed, created_at, expires_at FROM cached_answers
      WHERE workspace = \(transaction.workspace) AND key = \(key.bytes) AND expires_at > \(transaction.time)
        AND created_at > \(floor)
      """, as: Row.self)
  }

  /// When the cache was emptied last: what is not younger is not found.
  private static func floor(in transaction: any ReadTransaction) throws -> Int64 {
    try transaction.value("SELECT emptied_at FROM cache_floors WHERE workspace = \(transaction.workspace)") ?? -1
  }

  /// Nothing is found any more that was kept until then. The rows are still there; see ``removeStale(in:)``.
  static func empty(at time: Timestamp, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO cache_floors (workspace, emptied_at) VALUES (\(transaction.workspace), \(time))
      ON CONFLICT (workspace) DO UPDATE SET emptied_at = excluded.emptied_at
      """)
  }

  static func put(
    _ answer: JSONText, as key: AnswerKey, of label: AnswerLabel, for age: Duration, _ sealer: any Sealer,
    _ bounds: Bounds, in transaction: any Transaction
  ) throws {
    let sealed = try Sealed.sealed(answer, by: sealer, for: place(key, transaction.workspace))
    try remove(key, in: transaction)
    let now = transaction.time
    try transaction.run(
      """
      INSERT INTO cached_answers (workspace, key, sealed, bytes, task, provider, model, created_at, expires_at, used_at,
        hits)
      VALUES (\(transaction.workspace), \(key.bytes), \(sealed), \(Int64(sealed.bytes.count)), \(label.task),
        \(label.provider), \(label.model), \(now), \(now.advanced(by: age)), \(now), 0)
      """)
    try makeRoom(bounds, in: transaction)
  }

  /// Notes that an answer was given again.
  static func note(_ key: AnswerKey, in transaction: any Transaction) throws {
    try transaction.run(
      """
      UPDATE cached_answers SET hits = hits + 1, used_at = \(transaction.time)
      WHERE workspace = \(transaction.workspace) AND key = \(key.bytes)
      """)
  }

  static func remove(_ key: AnswerKey, in transaction: any Transaction) throws {
    try delete([key.bytes], in: transaction)
  }

  static func standing(
    bounds: Bounds, _ sinceStart: CacheTally.Counts, in transaction: any ReadTransaction
  ) throws -> CacheStanding {
    let floor = try floor(in: transaction)
    let live: Live =
      try transaction.first(
        """
        SELECT count(*) AS answers, coalesce(sum(bytes), 0) AS bytes, coalesce(sum(hits), 0) AS hits,
          min(created_at) AS oldest
        FROM cached_answers
        WHERE workspace = \(transaction.workspace) AND created_at > \(floor)
          AND expires_at > \(transaction.time)
        """, as: Live.self) ?? Live(answers: 0, bytes: 0, hits: 0, oldest: nil)
    return CacheStanding(
      answers: live.answers, bytes: live.bytes, bytesMax: bounds.bytes, answersMax: bounds.answers, hits: live.hits,
      oldest: live.oldest, sinceStart: sinceStart)
  }

  private struct Live: Decodable {
    let answers, bytes, hits: Int64
    let oldest: Timestamp?
  }

  /// Deletes a part of what is not found any more: what has expired, and what was there when the cache was emptied.
  ///
  /// - Returns: whether there is more of it.
  static func removeStale(in transaction: any Transaction) throws -> Bool {
    let floor = try floor(in: transaction)
    var stale: [[UInt8]] = []
    var bytes: Int64 = 0
    var isPart = false
    try transaction.forEachRow(
      """
      SELECT key, bytes FROM cached_answers
      WHERE workspace = \(transaction.workspace)
        AND (created_at <= \(floor) OR expires_at <= \(transaction.time))
      LIMIT \(staleRowsMax + 1)
      """
    ) { row in
      guard stale.count < staleRowsMax, bytes < staleBytesMax else {
        isPart = true
        return
      }
      stale.append(try row.get("key"))
      bytes += try row.get("bytes", as: Int64.self)
    }
    try delete(stale, in: transaction)
    return isPart
  }

  /// What is there, found or not.
  private struct Sums: Decodable {
    let answers, bytes: Int64
  }

  /// Takes away a part of what is not found any more, then what was used longest ago, until the rest is within its bounds.
  private static func makeRoom(_ bounds: Bounds, in transaction: any Transaction) throws {
    _ = try removeStale(in: transaction)
    let sums: Sums =
      try transaction.first(
        """
        SELECT count(*) AS answers, coalesce(sum(bytes), 0) AS bytes FROM cached_answers
        WHERE workspace = \(transaction.workspace)
        """, as: Sums.self) ?? Sums(answers: 0, bytes: 0)
    var (bytes, answers) = (sums.bytes, sums.answers)
    guard bytes > bounds.bytes || answers > bounds.answers else { return }
    var gone: [[UInt8]] = []
    try transaction.forEachRow(
      """
      SELECT key, bytes FROM cached_answers WHERE workspace = \(transaction.workspace) ORDER BY used_at, key
      LIMIT \(evictedMax)
      """
    ) { row in
      guard bytes > bounds.bytes || answers > bounds.answers else { return }
      gone.append(try row.get("key"))
      bytes -= try row.get("bytes", as: Int64.self)
      answers -= 1
    }
    try delete(gone, in: transaction)
  }

  private static func delete(_ keys: [[UInt8]], in transaction: any Transaction) throws {
    for key in keys {
      try transaction.run("DELETE FROM cached_answers WHERE workspace = \(transaction.workspace) AND key = \(key)")
    }
  }

  private static func place(_ key: AnswerKey, _ workspace: WorkspaceID) -> SealedPlace {
    SealedPlace(table: "cached_answers", column: "sealed", workspace: workspace, row: key.bytes)
  }
}
