import Inference
import Storage

/// What was found out about what models take since they were connected: by another look at the provider, and by refusals of
/// requests that were too long. It comes before what the connection says.
///
/// No part of the journalled state: it is about the world outside, and says nothing that could be undone.
enum ModelFindings {
  static let migration = Migration(
    module: "checks", number: 2, name: "create model findings",
    statements: [
      """
      CREATE TABLE model_findings (
        workspace BLOB NOT NULL,
        id BLOB NOT NULL,
        model TEXT NOT NULL,
        context_tokens BIGINT,
        output_tokens_max BIGINT,
        PRIMARY KEY (workspace, id, model)
      )
      """
    ])

  /// By connection and model.
  static func all(in transaction: any ReadTransaction) throws -> [UpstreamID: FoundModel] {
    let rows = try transaction.rows(
      """
      SELECT id, model, context_tokens, output_tokens_max FROM model_findings
      WHERE workspace = \(transaction.workspace) ORDER BY id, model
      LIMIT \(ModelTables.connectionsMax * ModelFinding.modelsMax)
      """, as: FindingRow.self)
    return Dictionary(
      rows.map { row in
        (
          UpstreamID(connection: row.id, model: row.model),
          FoundModel(row.model, contextTokens: row.contextTokens, outputTokensMax: row.outputTokensMax)
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Another look was taken: what it showed is kept where it differs from what the connection says, and what refusals said
  /// is forgotten, since the provider may have changed.
  static func replace(
    with limits: [FoundModel], of connection: ModelConnection, in transaction: any Transaction
  ) throws {
    try forget(connection.id, in: transaction)
    let known = Set(connection.limits ?? [])
    for model in limits where !known.contains(model) { try put(model, of: connection.id, in: transaction) }
  }

  /// A refusal said how many tokens a model takes.
  ///
  /// - Parameter known: what is counted on so far; nil where nothing is known.
  static func learn(
    _ contextTokens: Int, of upstream: UpstreamID, known: FoundModel?, in transaction: any Transaction
  ) throws {
    // It may have been disconnected meanwhile.
    guard let id = upstream.connection, try ModelTables.connection(id, in: transaction) != nil else { return }
    let count: Int64? = try transaction.value(
      "SELECT COUNT(*) FROM model_findings WHERE workspace = \(transaction.workspace) AND id = \(id)")
    // A connection that lists no models may be asked for any name.
    guard (count ?? 0) < ModelFinding.modelsMax else { return }
    try put(
      FoundModel(upstream.model, contextTokens: contextTokens, outputTokensMax: known?.outputTokensMax), of: id,
      in: transaction)
  }

  static func forget(_ id: ModelConnectionID, in transaction: any Transaction) throws {
    try transaction.run("DELETE FROM model_findings WHERE workspace = \(transaction.workspace) AND id = \(id)")
  }

  private static func put(
    _ model: FoundModel, of id: ModelConnectionID, in transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO model_findings (workspace, id, model, context_tokens, output_tokens_max)
      VALUES (\(transaction.workspace), \(id), \(model.model), \(model.contextTokens.map { Int64($0) }),
        \(model.outputTokensMax.map { Int64($0) }))
      ON CONFLICT (workspace, id, model)
      DO UPDATE SET context_tokens = excluded.context_tokens, output_tokens_max = excluded.output_tokens_max
      """)
  }
}

private struct FindingRow: Decodable {
  let id: ModelConnectionID
  let model: String
  let contextTokens: Int?
  let outputTokensMax: Int?
}
