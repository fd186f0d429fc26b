import Inference
import Storage
import StrictJSON
import Vocabulary

/// The sealed keys of connections. This table is no part of the journalled state: a rebuild makes no key, a journal holds
/// none, and what is destroyed here is nowhere else.
enum ModelKeys {
  /// What is sealed: the key with the one address it may go to, so that no change of a row beside it sends it elsewhere.
  private struct Secret: Codable, Sendable {
    let key: String
    let baseURL: String
  }

  /// Seals a key in the place of the one that was there.
  static func keep(
    _ key: APIKey, of connection: ModelConnection, _ sealer: any Sealer, in transaction: any Transaction
  ) throws {
    let sealed = try Sealed.sealed(
      Secret(key: key.secret, baseURL: connection.baseURL), by: sealer, for: place(connection.id, transaction))
    try destroy(connection.id, in: transaction)
    try transaction.run(
      "INSERT INTO model_keys (workspace, id, sealed) VALUES (\(transaction.workspace), \(connection.id), \(sealed))")
  }

  /// The key of a connection; nil when there is none, or none for its address.
  static func key(
    of connection: ModelConnection, _ sealer: any Sealer, in transaction: any ReadTransaction
  ) throws -> APIKey? {
    let row: Sealed<Secret>? = try transaction.value(
      "SELECT sealed FROM model_keys WHERE workspace = \(transaction.workspace) AND id = \(connection.id)")
    guard let secret = try row?.open(with: sealer, at: place(connection.id, transaction)),
      secret.baseURL == connection.baseURL
    else { return nil }
    return APIKey(secret.key)
  }

  /// Overwrites the sealed key before its row goes: an engine leaves the bytes of a deleted row in its page.
  static func destroy(_ id: ModelConnectionID, in transaction: any Transaction) throws {
    let sealed: [UInt8]? = try transaction.value(
      "SELECT sealed FROM model_keys WHERE workspace = \(transaction.workspace) AND id = \(id)")
    guard let sealed else { return }
    try transaction.run(
      """
      UPDATE model_keys SET sealed = \([UInt8](repeating: 0, count: sealed.count))
      WHERE workspace = \(transaction.workspace) AND id = \(id)
      """)
    try transaction.run("DELETE FROM model_keys WHERE workspace = \(transaction.workspace) AND id = \(id)")
  }

  private static func place(_ id: ModelConnectionID, _ transaction: any ReadTransaction) -> SealedPlace {
    SealedPlace(table: "model_keys", column: "sealed", workspace: transaction.workspace, row: id.raw.bytes)
  }
}
