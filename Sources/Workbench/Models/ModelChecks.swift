import Inference
import Storage
import Vocabulary

/// What the last look at each connection showed. No part of the journalled state: it is about the world outside, and says
/// nothing that could be undone.
enum ModelChecks {
  static let migrations = [
    Migration(
      module: "checks", number: 1, name: "create model checks",
      statements: [
        """
        CREATE TABLE model_checks (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          at BIGINT NOT NULL,
          is_usable BIGINT NOT NULL CHECK (is_usable IN (0, 1)),
          message TEXT NOT NULL,
          PRIMARY KEY (workspace, id)
        )
        """
      ]),
    ModelFindings.migration,
  ]

  static func note(_ check: ModelCheck, of id: ModelConnectionID, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO model_checks (workspace, id, at, is_usable, message)
      VALUES (\(transaction.workspace), \(id), \(transaction.time), \(check.isUsable), \(check.message))
      ON CONFLICT (workspace, id)
      DO UPDATE SET at = excluded.at, is_usable = excluded.is_usable, message = excluded.message
      """)
  }

  static func forget(_ id: ModelConnectionID, in transaction: any Transaction) throws {
    try transaction.run("DELETE FROM model_checks WHERE workspace = \(transaction.workspace) AND id = \(id)")
  }

  static func all(in transaction: any ReadTransaction) throws -> [ModelConnectionID: UpstreamStanding.Check] {
    let rows = try transaction.rows(
      """
      SELECT id, at, is_usable, message FROM model_checks WHERE workspace = \(transaction.workspace)
      ORDER BY id LIMIT \(ModelTables.connectionsMax)
      """, as: CheckRow.self)
    return Dictionary(
      rows.map { ($0.id, UpstreamStanding.Check(at: $0.at, isUsable: $0.isUsable, message: $0.message)) },
      uniquingKeysWith: { first, _ in first })
  }
}

private struct CheckRow: Decodable {
  let id: ModelConnectionID
  let at: Timestamp
  let isUsable: Bool
  let message: String
}
