import Inference
import Operations
import Storage
import StrictJSON
import Vocabulary

/// The tables of connections and of the choice. Keys are elsewhere: ``ModelKeys``.
enum ModelTables {
  /// Connections that a workspace may have.
  static let connectionsMax = 50

  static let migrations = [
    Migration(
      module: "models", number: 1, name: "create model connections",
      statements: [
        """
        CREATE TABLE model_connections (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          provider TEXT NOT NULL,
          name TEXT NOT NULL,
          base_url TEXT NOT NULL,
          models TEXT NOT NULL,
          model TEXT NOT NULL,
          has_key BIGINT NOT NULL CHECK (has_key IN (0, 1)),
          created_at BIGINT NOT NULL,
          PRIMARY KEY (workspace, id)
        )
        """,
        """
        CREATE TABLE model_choices (
          workspace BLOB NOT NULL,
          connection BLOB,
          model TEXT,
          PRIMARY KEY (workspace)
        )
        """,
        """
        CREATE TABLE model_keys (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          sealed BLOB NOT NULL,
          PRIMARY KEY (workspace, id)
        )
        """,
      ]),
    RouteTables.migration,
    Migration(
      module: "models", number: 3, name: "keep what models take",
      statements: ["ALTER TABLE model_connections ADD COLUMN limits TEXT"]),
  ]

  static let stateTables =
    [StateTable("model_connections", key: ["id"]), StateTable("model_choices", key: [])] + RouteTables.stateTables

  /// The connections, oldest first.
  static func connections(in transaction: any ReadTransaction) throws -> [ModelConnection] {
    try connections(
      """
      SELECT id, provider, name, base_url, models, limits, model, has_key, created_at FROM model_connections
      WHERE workspace = \(transaction.workspace) ORDER BY id LIMIT \(connectionsMax)
      """, in: transaction)
  }

  static func connection(_ id: ModelConnectionID, in transaction: any ReadTransaction) throws -> ModelConnection? {
    try connections(
      """
      SELECT id, provider, name, base_url, models, limits, model, has_key, created_at FROM model_connections
      WHERE workspace = \(transaction.workspace) AND id = \(id)
      """, in: transaction
    ).first
  }

  static func choice(in transaction: any ReadTransaction) throws -> ModelChoice? {
    let row: ChoiceRow? = try transaction.first(
      "SELECT connection, model FROM model_choices WHERE workspace = \(transaction.workspace)", as: ChoiceRow.self)
    guard let row else { return nil }
    guard let id = row.connection else { return .builtIn }
    return .connected(id, model: row.model ?? "")
  }

  static func apply(_ change: ModelChange, in transaction: any Transaction) throws {
    switch change {
    case .connected(let connection): try put(connection, in: transaction)
    case .disconnected(let id):
      try ModelKeys.destroy(id, in: transaction)
      try transaction.run(
        "DELETE FROM model_connections WHERE workspace = \(transaction.workspace) AND id = \(id)")
      try ModelChecks.forget(id, in: transaction)
      try ModelFindings.forget(id, in: transaction)
    case .preferred(let id, _, let model):
      try transaction.run(
        "UPDATE model_connections SET model = \(model) WHERE workspace = \(transaction.workspace) AND id = \(id)")
    case .chosen(_, let choice): try put(choice, in: transaction)
    case .routed(_, let route?): try RouteTables.put(route, in: transaction)
    case .routed(let gone, nil): if let gone { try RouteTables.remove(gone.name, in: transaction) }
    case .assigned(let surface, _, let route): try RouteTables.assign(route, to: surface, in: transaction)
    }
  }

  private static func put(_ connection: ModelConnection, in transaction: any Transaction) throws {
    try apply(.disconnected(connection.id), in: transaction)
    let models = try JSON(encoding: connection.models).canonicalText()
    let limits = try connection.limits.map { try JSON(encoding: $0).canonicalText() }
    try transaction.run(
      """
      INSERT INTO model_connections
        (workspace, id, provider, name, base_url, models, limits, model, has_key, created_at)
      VALUES (\(transaction.workspace), \(connection.id), \(connection.provider), \(connection.name),
        \(connection.baseURL), \(models), \(limits), \(connection.model), \(connection.hasKey ? 1 : 0),
        \(connection.createdAt))
      """)
  }

  private static func put(_ choice: ModelChoice?, in transaction: any Transaction) throws {
    try transaction.run("DELETE FROM model_choices WHERE workspace = \(transaction.workspace)")
    switch choice {
    case nil: break
    case .builtIn:
      try transaction.run(
        "INSERT INTO model_choices (workspace, connection, model) VALUES (\(transaction.workspace), NULL, NULL)")
    case .connected(let id, let model):
      try transaction.run(
        "INSERT INTO model_choices (workspace, connection, model) VALUES (\(transaction.workspace), \(id), \(model))")
    }
  }

  private static func connections(_ sql: SQL, in transaction: any ReadTransaction) throws -> [ModelConnection] {
    try transaction.rows(sql, as: ConnectionRow.self).map { row in
      ModelConnection(
        id: row.id, provider: row.provider, name: row.name, baseURL: row.baseURL,
        models: try JSON(
          parsing: row.models, limits: JSONLimits(bytes: 1 << 20, items: ModelFinding.modelsMax + 1)
        ).decode([String].self),
        limits: try row.limits.map {
          try JSON(parsing: $0, limits: JSONLimits(bytes: 1 << 20, items: 4 * ModelFinding.modelsMax + 1))
            .decode([FoundModel].self)
        }, model: row.model, hasKey: row.hasKey, createdAt: row.createdAt)
    }
  }
}

private struct ConnectionRow: Decodable {
  let id: ModelConnectionID
  let provider, name: String
  let baseURL: String
  let models, model: String
  let limits: String?
  let hasKey: Bool
  let createdAt: Timestamp

  private enum CodingKeys: String, CodingKey {
    case id, provider, name
    case baseURL = "base_url"
    case models, limits, model
    case hasKey, createdAt
  }
}

private struct ChoiceRow: Decodable {
  let connection: ModelConnectionID?
  let model: String?
}
