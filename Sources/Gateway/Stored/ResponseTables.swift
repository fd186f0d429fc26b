import Inference
import Storage
import Vocabulary

/// The tables of responses. `docs/formats/responses.md` gives the columns.
enum ResponseTables {
  static let migrations = [
    Migration(
      module: "responses", number: 1, name: "create stored responses",
      statements: [
        """
        CREATE TABLE stored_responses (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          gateway_key BLOB NOT NULL,
          previous BLOB,
          status TEXT NOT NULL,
          is_background BIGINT NOT NULL CHECK (is_background IN (0, 1)),
          is_streamed BIGINT NOT NULL CHECK (is_streamed IN (0, 1)),
          created_at BIGINT NOT NULL,
          ended_at BIGINT,
          expires_at BIGINT NOT NULL,
          PRIMARY KEY (workspace, id)
        )
        """,
        "CREATE INDEX stored_responses_by_status ON stored_responses (workspace, status, id)",
        "CREATE INDEX stored_responses_by_expiry ON stored_responses (workspace, expires_at, id)",
        """
        CREATE TABLE stored_response_contents (
          workspace BLOB NOT NULL,
          response BLOB NOT NULL,
          part TEXT NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (workspace, response, part)
        )
        """,
        """
        CREATE TABLE stored_response_frames (
          workspace BLOB NOT NULL,
          response BLOB NOT NULL,
          number BIGINT NOT NULL,
          frame_count BIGINT NOT NULL,
          frames BLOB NOT NULL,
          PRIMARY KEY (workspace, response, number)
        )
        """,
      ])
  ]

  // MARK: Writing

  static func insert(_ response: StoredResponse, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO stored_responses (workspace, id, gateway_key, previous, status, is_background, is_streamed, created_at,
        expires_at)
      VALUES (\(transaction.workspace), \(response.id), \(response.gatewayKey), \(response.previous),
        \(response.status.rawValue), \(response.isBackground), \(response.isStreamed), \(response.createdAt),
        \(response.expiresAt))
      """)
  }

  static func insert(
    _ content: [UInt8], as part: ResponsePart, of id: ResponseID, in transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO stored_response_contents (workspace, response, part, content)
      VALUES (\(transaction.workspace), \(id), \(part.rawValue), \(content))
      """)
  }

  static func insert(_ row: FrameRow, of id: ResponseID, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO stored_response_frames (workspace, response, number, frame_count, frames)
      VALUES (\(transaction.workspace), \(id), \(row.number), \(row.frameCount), \(row.frames))
      """)
  }

  /// Changes the status of a response that has not ended.
  ///
  /// - Returns: whether there was one.
  static func set(
    _ status: ResponseDocument.Status, of id: ResponseID, in transaction: any Transaction
  ) throws -> Bool {
    let endedAt: Timestamp? = status.isEnded ? transaction.time : nil
    return try transaction.run(
      """
      UPDATE stored_responses SET status = \(status.rawValue), ended_at = \(endedAt)
      WHERE workspace = \(transaction.workspace) AND id = \(id) AND ended_at IS NULL
      """) == 1
  }

  static func delete(_ id: ResponseID, in transaction: any Transaction) throws {
    let workspace = transaction.workspace
    try transaction.run("DELETE FROM stored_response_frames WHERE workspace = \(workspace) AND response = \(id)")
    try transaction.run("DELETE FROM stored_response_contents WHERE workspace = \(workspace) AND response = \(id)")
    try transaction.run("DELETE FROM stored_responses WHERE workspace = \(workspace) AND id = \(id)")
  }

  // MARK: Reading

  private static let columns: SQL =
    "id, gateway_key, previous, status, is_background, is_streamed, created_at, expires_at"

  static func response(_ id: ResponseID, in transaction: any ReadTransaction) throws -> StoredResponse? {
    try transaction.first(
      "SELECT \(columns) FROM stored_responses WHERE workspace = \(transaction.workspace) AND id = \(id)",
      as: StoredResponse.self)
  }

  /// Those of a status, oldest first.
  static func responses(
    _ status: ResponseDocument.Status, limit: Int, in transaction: any ReadTransaction
  ) throws -> [StoredResponse] {
    try transaction.rows(
      """
      SELECT \(columns) FROM stored_responses
      WHERE workspace = \(transaction.workspace) AND status = \(status.rawValue) ORDER BY id LIMIT \(limit)
      """, as: StoredResponse.self)
  }

  /// Those that have ended and are not to be kept any more: their time is over, or their key is gone.
  static func forgettable(limit: Int, in transaction: any ReadTransaction) throws -> [ResponseID] {
    let workspace = transaction.workspace
    let expired: [SQLRow] = try transaction.rows(
      """
      SELECT id FROM stored_responses
      WHERE workspace = \(workspace) AND expires_at <= \(transaction.time) AND ended_at IS NOT NULL
      ORDER BY expires_at, id LIMIT \(limit)
      """)
    let orphaned: [SQLRow] = try transaction.rows(
      """
      SELECT id FROM stored_responses
      WHERE workspace = \(workspace) AND ended_at IS NOT NULL AND gateway_key NOT IN (
        SELECT id FROM gateway_keys WHERE workspace = \(workspace) AND revoked_at IS NULL
      )
      ORDER BY id LIMIT \(limit)
      """)
    return try (expired + orphaned).map { try $0.get("id") }
  }

  static func content(
    _ part: ResponsePart, of id: ResponseID, in transaction: any ReadTransaction
  ) throws -> [UInt8]? {
    try transaction.value(
      """
      SELECT content FROM stored_response_contents
      WHERE workspace = \(transaction.workspace) AND response = \(id) AND part = \(part.rawValue)
      """)
  }

  /// The rows that hold frames from `number` on, in order.
  static func frames(
    of id: ResponseID, from number: Int, limit: Int, in transaction: any ReadTransaction
  ) throws -> [FrameRow] {
    let workspace = transaction.workspace
    // The row before may hold it, too.
    let first: Int64? = try transaction.value(
      """
      SELECT number FROM stored_response_frames
      WHERE workspace = \(workspace) AND response = \(id) AND number <= \(number) ORDER BY number DESC LIMIT 1
      """)
    return try transaction.rows(
      """
      SELECT number, frame_count, frames FROM stored_response_frames
      WHERE workspace = \(workspace) AND response = \(id) AND number >= \(first ?? 0) AND number + frame_count > \(number)
      ORDER BY number LIMIT \(limit)
      """, as: FrameRow.self)
  }

  /// How many frames there are.
  static func frameCount(of id: ResponseID, in transaction: any ReadTransaction) throws -> Int {
    let end: Int? = try transaction.value(
      """
      SELECT number + frame_count FROM stored_response_frames
      WHERE workspace = \(transaction.workspace) AND response = \(id) ORDER BY number DESC LIMIT 1
      """)
    return end ?? 0
  }
}

/// What is kept of a response beside its frames.
enum ResponsePart: String {
  /// The request, byte for byte.
  case request
  /// The whole response, when it has ended.
  case answer
}

/// Frames that follow each other, sealed.
struct FrameRow: Decodable {
  /// Of the first of them.
  let number: Int
  let frameCount: Int
  let frames: [UInt8]
}
