package import Operations
package import Storage
package import Vocabulary

/// A workspace as people see it.
package struct Workspace: Codable, Sendable, Hashable {
  package let id: WorkspaceID
  package let name: String
  /// Counts the changes; the entity tag of what two people can edit.
  package let revision: Int64
  package let createdAt: Timestamp
}

/// What happens to a workspace.
package enum WorkspaceChange: StateChange, Hashable {
  case created(name: String, at: Timestamp)
  case renamed(from: String, to: String)

  package var touches: [StateKey] { [StateKey("workspace/name")] }

  package var inverse: WorkspaceChange? {
    switch self {
    case .created: nil
    case .renamed(let from, let to): .renamed(from: to, to: from)
    }
  }

  private enum Kind: String, Codable { case created, renamed }
  private enum CodingKeys: String, CodingKey { case kind, name, at, from, to }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .created:
      self = .created(
        name: try container.decode(String.self, forKey: .name), at: try container.decode(Timestamp.self, forKey: .at))
    case .renamed:
      self = .renamed(
        from: try container.decode(String.self, forKey: .from), to: try container.decode(String.self, forKey: .to))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .created(let name, let time):
      try container.encode(Kind.created, forKey: .kind)
      try container.encode(name, forKey: .name)
      try container.encode(time, forKey: .at)
    case .renamed(let from, let to):
      try container.encode(Kind.renamed, forKey: .kind)
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
    }
  }
}

/// The table of workspaces: one row in each workspace's own part of it.
package enum Workspaces {
  static let migrations = [
    Migration(
      module: "workbench", number: 1, name: "create workspaces",
      statements: [
        """
        CREATE TABLE workspaces (
          workspace BLOB NOT NULL,
          name TEXT NOT NULL,
          revision BIGINT NOT NULL,
          created_at BIGINT NOT NULL,
          PRIMARY KEY (workspace)
        )
        """
      ])
  ]

  static let stateTable = StateTable("workspaces", key: [])

  static func current(in transaction: any ReadTransaction) throws -> Workspace {
    let row: WorkspaceRow? = try transaction.first(
      "SELECT name, revision, created_at FROM workspaces WHERE workspace = \(transaction.workspace)",
      as: WorkspaceRow.self)
    guard let row else { throw OperationError(.notFound, "There is no such workspace.") }
    return Workspace(id: transaction.workspace, name: row.name, revision: row.revision, createdAt: row.createdAt)
  }

  /// The oldest workspace of the database; nil before the first was founded.
  package static func first(in transaction: any ReadTransaction) throws -> WorkspaceID? {
    try transaction.value("SELECT workspace FROM workspaces ORDER BY workspace LIMIT 1")
  }

  static func apply(_ change: WorkspaceChange, in transaction: any Transaction) throws {
    switch change {
    case .created(let name, let time):
      try transaction.run(
        """
        INSERT INTO workspaces (workspace, name, revision, created_at)
        VALUES (\(transaction.workspace), \(name), 1, \(time))
        """)
    case .renamed(let from, let to):
      let changed = try transaction.run(
        """
        UPDATE workspaces SET name = \(to), revision = revision + 1
        WHERE workspace = \(transaction.workspace) AND name = \(from)
        """)
      guard changed == 1 else {
        throw OperationError(.refused, "The workspace is not called “\(from)” any more.")
      }
    }
  }
}

private struct WorkspaceRow: Decodable {
  let name: String
  let revision: Int64
  let createdAt: Timestamp
}
