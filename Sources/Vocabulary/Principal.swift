/// Who asks. Handed down as a parameter; there is no ambient current user.
package struct Principal: Hashable, Sendable {
  package let workspace: WorkspaceID
  /// Nil for Arbiter itself: founding a workspace, maintenance.
  package let person: PersonID?
  /// What people call them, for the journal and the page.
  package let name: String
  package let role: Role

  package init(workspace: WorkspaceID, person: PersonID?, name: String, role: Role) {
    self.workspace = workspace
    self.person = person
    self.name = name
    self.role = role
  }

  /// Arbiter itself, acting in a workspace.
  package static func arbiter(in workspace: WorkspaceID) -> Principal {
    Principal(workspace: workspace, person: nil, name: "Arbiter", role: .owner)
  }

  /// Whether this principal's role carries `permission`.
  package func may(_ permission: Permission) -> Bool { role >= permission.leastRole }
}

/// What a person is in a workspace. A greater role may all that a lesser one may.
package enum Role: String, Codable, Sendable, CaseIterable, Comparable {
  case viewer, editor, owner

  package static func < (a: Role, b: Role) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .viewer: 0
    case .editor: 1
    case .owner: 2
    }
  }
}

/// The right that an operation asks for, as `dice.roll`. Every operation names exactly one.
package struct Permission: Hashable, Sendable, CustomStringConvertible {
  /// Area and verb, dotted.
  package let name: String
  /// The least role that carries it.
  package let leastRole: Role

  package init(_ name: String, from leastRole: Role) {
    self.name = name
    self.leastRole = leastRole
  }

  package var description: String { name }
}
