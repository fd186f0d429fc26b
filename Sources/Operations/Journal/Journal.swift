package import Crypto
package import Storage
import StrictJSON
package import Vocabulary

/// The append-only record of everything that was done, in the database of what it was done to.
package struct Journal: Sendable {
  package static let migrations = [
    Migration(
      module: "operations", number: 1, name: "create journal",
      statements: [
        """
        CREATE TABLE journal (
          workspace BLOB NOT NULL,
          number BIGINT NOT NULL,
          id BLOB NOT NULL,
          operation TEXT NOT NULL,
          version BIGINT NOT NULL,
          outcome TEXT NOT NULL CHECK (outcome IN ('executed', 'failed')),
          time BIGINT NOT NULL,
          person BLOB,
          undoes BIGINT,
          root BIGINT,
          content BLOB NOT NULL,
          content_digest BLOB NOT NULL,
          hash BLOB NOT NULL,
          PRIMARY KEY (workspace, number)
        )
        """,
        """
        CREATE TABLE journal_heads (
          workspace BLOB NOT NULL,
          number BIGINT NOT NULL,
          hash BLOB NOT NULL,
          time BIGINT NOT NULL,
          code BLOB NOT NULL,
          PRIMARY KEY (workspace)
        )
        """,
        """
        CREATE TABLE journal_touches (
          workspace BLOB NOT NULL,
          state_key TEXT NOT NULL,
          number BIGINT NOT NULL,
          root BIGINT NOT NULL,
          PRIMARY KEY (workspace, state_key, number)
        )
        """,
        """
        CREATE TABLE journal_undone (
          workspace BLOB NOT NULL,
          number BIGINT NOT NULL,
          undone_by BIGINT NOT NULL,
          PRIMARY KEY (workspace, number)
        )
        """,
        """
        CREATE TABLE idempotency_keys (
          workspace BLOB NOT NULL,
          person BLOB NOT NULL,
          idempotency_key TEXT NOT NULL,
          fingerprint BLOB NOT NULL,
          first_row BIGINT NOT NULL,
          last_row BIGINT NOT NULL,
          created_at BIGINT NOT NULL,
          PRIMARY KEY (workspace, person, idempotency_key)
        )
        """,
      ])
  ]

  private let headKey: SymmetricKey
  package let sealer: any Sealer

  /// - Parameter headKey: authenticates the newest row; from the vault, never in the database.
  package init(headKey: SymmetricKey, sealer: any Sealer) {
    self.headKey = headKey
    self.sealer = sealer
  }

  // MARK: The head

  /// Where the journal ends.
  package struct Head: Decodable, Sendable, Hashable {
    package let number: Int64
    package let hash: [UInt8]
    package let time: Timestamp
    package let code: [UInt8]
  }

  package func head(in transaction: any ReadTransaction) throws -> Head {
    try transaction.first(
      "SELECT number, hash, time, code FROM journal_heads WHERE workspace = \(transaction.workspace)", as: Head.self)
      ?? Head(number: 0, hash: ChainHash.beginning, time: Timestamp(microseconds: .min), code: [])
  }

  /// Whether a head's code is what this vault's key gives.
  package func isGenuine(_ head: Head, of workspace: WorkspaceID) -> Bool {
    head.number == 0
      || ChainHash.headCode(workspace: workspace, number: head.number, hash: head.hash, key: headKey) == head.code
  }

  // MARK: Appending

  /// What the runner knows of a row before it is appended.
  struct Draft {
    let number: Int64
    let id: JournalRowID
    let operation: String
    let version: Int
    let outcome: JournalRow.Outcome
    let time: Timestamp
    let person: PersonID?
    let undoes: Int64?
    let root: Int64?
    let content: JournalContent
  }

  /// Appends a row after `head` and returns the head after it.
  func append(_ draft: Draft, after head: Head, in transaction: any Transaction) throws -> (JournalRow, Head) {
    let workspace = transaction.workspace
    let content = try Sealed<JournalContent>.plain(draft.content)
    let digest = ChainHash.content(Array(content.bytes.dropFirst()))
    let header = ChainHash.Header(
      workspace: workspace, number: draft.number, id: draft.id, operation: draft.operation, version: draft.version,
      outcome: draft.outcome, time: draft.time, person: draft.person, undoes: draft.undoes, root: draft.root,
      contentDigest: digest)
    let row = JournalRow(
      number: draft.number, id: draft.id, operation: draft.operation, version: draft.version, outcome: draft.outcome,
      time: draft.time, person: draft.person, undoes: draft.undoes, root: draft.root, content: content,
      contentDigest: digest, hash: ChainHash.row(after: head.hash, header))
    try insert(row, touching: draft.content.changes, in: transaction)
    let next = Head(
      number: row.number, hash: row.hash, time: row.time,
      code: ChainHash.headCode(workspace: workspace, number: row.number, hash: row.hash, key: headKey))
    try transaction.run(
      """
      INSERT INTO journal_heads (workspace, number, hash, time, code)
      VALUES (\(workspace), \(next.number), \(next.hash), \(next.time), \(next.code))
      ON CONFLICT (workspace) DO UPDATE SET number = excluded.number, hash = excluded.hash, time = excluded.time,
        code = excluded.code
      """)
    return (row, next)
  }

  /// Writes a row and the index of what it touched.
  func insert(_ row: JournalRow, touching changes: [RecordedChange], in transaction: any Transaction) throws {
    let workspace = transaction.workspace
    try transaction.run(
      """
      INSERT INTO journal (workspace, number, id, operation, version, outcome, time, person, undoes, root, content,
        content_digest, hash)
      VALUES (\(workspace), \(row.number), \(row.id), \(row.operation), \(row.version), \(row.outcome.rawValue),
        \(row.time), \(row.person), \(row.undoes), \(row.root), \(row.content), \(row.contentDigest), \(row.hash))
      """)
    for key in Set(changes.flatMap(\.touches)) {
      try transaction.run(
        """
        INSERT INTO journal_touches (workspace, state_key, number, root)
        VALUES (\(workspace), \(key.description), \(row.number), \(row.root ?? row.number))
        """)
    }
  }

  // MARK: Reading

  package func row(_ number: Int64, in transaction: any ReadTransaction) throws -> JournalRow? {
    try rows(
      """
      SELECT \(Self.columns) FROM journal WHERE workspace = \(transaction.workspace) AND number = \(number)
      """, in: transaction
    ).first
  }

  /// Rows before `number` (nil: from the end), newest first.
  package func rows(before number: Int64?, limit: Int, in transaction: any ReadTransaction) throws -> [JournalRow] {
    try rows(
      """
      SELECT \(Self.columns) FROM journal WHERE workspace = \(transaction.workspace) AND number < \(number ?? .max)
      ORDER BY number DESC LIMIT \(limit)
      """, in: transaction)
  }

  /// Rows after `number`, oldest first.
  package func rows(after number: Int64, limit: Int, in transaction: any ReadTransaction) throws -> [JournalRow] {
    try rows(
      """
      SELECT \(Self.columns) FROM journal WHERE workspace = \(transaction.workspace) AND number > \(number)
      ORDER BY number LIMIT \(limit)
      """, in: transaction)
  }

  package func content(of row: JournalRow, in workspace: WorkspaceID) throws -> JournalContent {
    try row.content.open(with: sealer, at: place(of: row, in: workspace))
  }

  /// The canonical JSON that the row's digest is of.
  func contentBytes(of row: JournalRow, in workspace: WorkspaceID) throws -> [UInt8] {
    try row.content.openBytes(with: sealer, at: place(of: row, in: workspace))
  }

  private func place(of row: JournalRow, in workspace: WorkspaceID) -> SealedPlace {
    SealedPlace(table: "journal", column: "content", workspace: workspace, row: Array("\(row.number)".utf8))
  }

  private static let columns: SQL =
    "number, id, operation, version, outcome, time, person, undoes, root, content, content_digest, hash"

  private func rows(_ sql: SQL, in transaction: any ReadTransaction) throws -> [JournalRow] {
    var rows: [JournalRow] = []
    try transaction.forEachRow(sql) { rows.append(try JournalRow(row: $0)) }
    return rows
  }
}

extension JournalRow {
  fileprivate init(row: SQLRow) throws {
    guard let outcome = Outcome(rawValue: try row.get("outcome")) else {
      throw StorageError.decoding("a journal row has an unknown outcome")
    }
    self.init(
      number: try row.get("number"), id: try row.get("id"), operation: try row.get("operation"),
      version: try row.get("version"), outcome: outcome, time: try row.get("time"), person: try row.get("person"),
      undoes: try row.get("undoes"), root: try row.get("root"), content: try row.get("content"),
      contentDigest: try row.get("content_digest"), hash: try row.get("hash"))
  }
}
