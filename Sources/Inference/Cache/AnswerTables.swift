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
      ])
  ]

  struct Row: Decodable, Sendable {
    let sealed: Sealed<JSONText>
    let createdAt, expiresAt: Timestamp

    func open(_ key: AnswerKey, _ sealer: any Sealer, in workspace: WorkspaceID) throws -> StoredAnswer {
      StoredAnswer(
        text: try sealed.open(with: sealer, at: place(key, workspace)), createdAt: createdAt, expiresAt: expiresAt)
    }
  }

  /// An answer that has not expired.
  static func row(_ key: AnswerKey, in transaction: any ReadTransaction) throws -> Row? {
    try transaction.first(
      """
      SELECT sealed, created_at, expires_at FROM cached_answers
      WHERE workspace = \(transaction.workspace) AND key = \(key.bytes) AND expires_at > \(transaction.time)
      """, as: Row.self)
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
    try transaction.run(
      "DELETE FROM cached_answers WHERE workspace = \(transaction.workspace) AND key = \(key.bytes)")
  }

  static func removeAll(in transaction: any Transaction) throws {
    try transaction.run("DELETE FROM cached_answers WHERE workspace = \(transaction.workspace)")
  }

  static func standing(
    bounds: Bounds, _ sinceStart: CacheTally.Counts, in transaction: any ReadTransaction
  ) throws -> CacheStanding {
    let sums = try sums(in: transaction)
    let oldest: Timestamp? = try transaction.value(
      """
      SELECT created_at FROM cached_answers WHERE workspace = \(transaction.workspace) ORDER BY created_at LIMIT 1
      """)
    return CacheStanding(
      answers: sums.answers, bytes: sums.bytes, bytesMax: bounds.bytes, answersMax: bounds.answers, hits: sums.hits,
      oldest: oldest, sinceStart: sinceStart)
  }

  private struct Sums: Decodable {
    let answers, bytes, hits: Int64
  }

  private static func sums(in transaction: any ReadTransaction) throws -> Sums {
    try transaction.first(
      """
      SELECT count(*) AS answers, coalesce(sum(bytes), 0) AS bytes, coalesce(sum(hits), 0) AS hits FROM cached_answers
      WHERE workspace = \(transaction.workspace)
      """, as: Sums.self) ?? Sums(answers: 0, bytes: 0, hits: 0)
  }

  /// Takes away what has expired, then what was used longest ago, until the rest is within its bounds.
  private static func makeRoom(_ bounds: Bounds, in transaction: any Transaction) throws {
    try transaction.run(
      "DELETE FROM cached_answers WHERE workspace = \(transaction.workspace) AND expires_at <= \(transaction.time)")
    let sums = try sums(in: transaction)
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
    for key in gone {
      try transaction.run("DELETE FROM cached_answers WHERE workspace = \(transaction.workspace) AND key = \(key)")
    }
  }

  private static func place(_ key: AnswerKey, _ workspace: WorkspaceID) -> SealedPlace {
    SealedPlace(table: "cached_answers", column: "sealed", workspace: workspace, row: key.bytes)
  }
}
