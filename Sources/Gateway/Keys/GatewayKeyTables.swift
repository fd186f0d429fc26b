import Inference
import Operations
import Storage
import StrictJSON
import Vocabulary

/// The table of keys, by the digests of their secrets.
enum GatewayKeyTables {
  /// Keys that a workspace may have, and as many that were revoked last.
  static let keysMax = 500

  static let migrations = [
    Migration(
      module: "gateway", number: 1, name: "create gateway keys",
      statements: [
        """
        CREATE TABLE gateway_keys (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          digest TEXT NOT NULL,
          name TEXT NOT NULL,
          hint TEXT NOT NULL,
          models TEXT NOT NULL,
          person BLOB,
          created_at BIGINT NOT NULL,
          expires_at BIGINT,
          PRIMARY KEY (workspace, id)
        )
        """,
        "CREATE UNIQUE INDEX gateway_keys_by_digest ON gateway_keys (workspace, digest)",
      ]),
    Migration(
      module: "gateway", number: 2, name: "keep the names of revoked keys",
      statements: ["ALTER TABLE gateway_keys ADD COLUMN revoked_at BIGINT"]),
  ]

  static let stateTable = StateTable("gateway_keys", key: ["id"])

  /// The keys, oldest first; those that were revoked too.
  static func keys(in transaction: any ReadTransaction) throws -> [GatewayKey] {
    try rows(in: transaction).map { try $0.key }
  }

  static func key(
    _ id: GatewayKeyID, in transaction: any ReadTransaction
  ) throws -> (key: GatewayKey, digest: String)? {
    try transaction.first(
      """
      SELECT id, digest, name, hint, models, person, created_at, expires_at, revoked_at FROM gateway_keys
      WHERE workspace = \(transaction.workspace) AND id = \(id)
      """, as: KeyRow.self
    ).map { (try $0.key, $0.digest) }
  }

  /// The keys by the digests of their secrets; those that were revoked too.
  static func keysByDigest(in transaction: any ReadTransaction) throws -> [String: GatewayKey] {
    var keys: [String: GatewayKey] = [:]
    for row in try rows(in: transaction) { keys[row.digest] = try row.key }
    return keys
  }

  private static func rows(in transaction: any ReadTransaction) throws -> [KeyRow] {
    try transaction.rows(
      """
      SELECT id, digest, name, hint, models, person, created_at, expires_at, revoked_at FROM gateway_keys
      WHERE workspace = \(transaction.workspace) ORDER BY id LIMIT \(2 * keysMax)
      """, as: KeyRow.self)
  }

  static func apply(_ change: GatewayKeyChange, in transaction: any Transaction) throws {
    switch change {
    case .created(let key, let digest):
      try transaction.run(
        """
        INSERT INTO gateway_keys (workspace, id, digest, name, hint, models, person, created_at, expires_at)
        VALUES (\(transaction.workspace), \(key.id), \(digest), \(key.name), \(key.hint),
          \(try JSON(encoding: key.models).canonicalText()), \(key.person), \(key.createdAt), \(key.expiresAt))
        """)
    case .revoked(let key, _):
      guard let revokedAt = key.revokedAt else {
        try transaction.run("DELETE FROM gateway_keys WHERE workspace = \(transaction.workspace) AND id = \(key.id)")
        return
      }
      try transaction.run(
        """
        UPDATE gateway_keys SET revoked_at = \(revokedAt)
        WHERE workspace = \(transaction.workspace) AND id = \(key.id)
        """)
      try forgetRevoked(in: transaction)
    }
  }

  /// Of the revoked keys the last ones are kept.
  private static func forgetRevoked(in transaction: any Transaction) throws {
    try transaction.run(
      """
      DELETE FROM gateway_keys WHERE workspace = \(transaction.workspace) AND revoked_at IS NOT NULL AND id NOT IN (
        SELECT id FROM gateway_keys WHERE workspace = \(transaction.workspace) AND revoked_at IS NOT NULL
        ORDER BY revoked_at DESC, id DESC LIMIT \(keysMax)
      )
      """)
  }
}

private struct KeyRow: Decodable {
  let id: GatewayKeyID
  let digest, name, hint, models: String
  let person: PersonID?
  let createdAt: Timestamp
  let expiresAt: Timestamp?
  let revokedAt: Timestamp?

  var key: GatewayKey {
    get throws {
      GatewayKey(
        id: id, name: name, hint: hint, models: try JSON(parsing: models, limits: .stored).decode([String].self),
        person: person, createdAt: createdAt, expiresAt: expiresAt, revokedAt: revokedAt)
    }
  }
}
