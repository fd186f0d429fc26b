import Operations
package import Storage
import StrictJSON
import Vocabulary

/// The table of proposals that were executed or tried.
enum ProposalTable {
  static func insert(
    _ record: ProposalRecord, key: String?, fingerprint: [UInt8], in transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO proposals (workspace, id, subject, idempotency_key, fingerprint, created_at, content)
      VALUES (\(transaction.workspace), \(record.id), \(record.subject), \(key), \(fingerprint), \(record.at),
        \(try Sealed<ProposalRecord>.plain(record)))
      """)
  }

  static func record(
    _ id: ProposalID, _ sealer: any Sealer, in transaction: any ReadTransaction
  ) throws -> ProposalRecord? {
    try transaction.first(
      "SELECT id, fingerprint, content FROM proposals WHERE workspace = \(transaction.workspace) AND id = \(id)",
      as: Row.self
    )?.open(sealer, in: transaction)
  }

  /// The proposal that came with a key before.
  ///
  /// - Throws: ``OperationError`` `.keyReused` when it was another one.
  static func record(
    withKey key: String, fingerprint: [UInt8], _ sealer: any Sealer, in transaction: any ReadTransaction
  ) throws -> ProposalRecord? {
    let row = try transaction.first(
      """
      SELECT id, fingerprint, content FROM proposals
      WHERE workspace = \(transaction.workspace) AND idempotency_key = \(key)
      """, as: Row.self)
    guard let row else { return nil }
    guard row.fingerprint == fingerprint else {
      throw OperationError(
        .keyReused, "This idempotency key was used for another proposal. Use a new key for a new act.")
    }
    return try row.open(sealer, in: transaction)
  }

  private struct Row: Decodable {
    let id: ProposalID
    let fingerprint: [UInt8]
    let content: Sealed<ProposalRecord>

    func open(_ sealer: any Sealer, in transaction: any ReadTransaction) throws -> ProposalRecord {
      try content.open(
        with: sealer,
        at: SealedPlace(table: "proposals", column: "content", workspace: transaction.workspace, row: id.raw.bytes))
    }
  }
}

extension ProposalDesk {
  package static let migrations = [
    Migration(
      module: "proposals", number: 1, name: "create proposals",
      statements: [
        """
        CREATE TABLE proposals (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          subject TEXT NOT NULL,
          idempotency_key TEXT,
          fingerprint BLOB NOT NULL,
          created_at BIGINT NOT NULL,
          content BLOB NOT NULL,
          PRIMARY KEY (workspace, id),
          UNIQUE (workspace, idempotency_key)
        )
        """
      ])
  ]
}
