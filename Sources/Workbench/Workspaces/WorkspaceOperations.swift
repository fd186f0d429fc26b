package import Events
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

private let nameField = PropertyDescription("What people call the workspace.", .length(1...100))

/// Founds the workspace that it is performed in: the first row of its journal.
package struct CreateWorkspace: OperationDefinition {
  package static let name = "create_workspace"
  package static let version = 1
  package static let permission = Permission("workspace.create", from: .owner)
  package static let about = OperationAbout(
    "Create the workspace", "Founds the workspace. Arbiter does this once, at the first start.",
    example: Input(name: "The Salt Road"))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let name: String
    package init(name: String) { self.name = name }
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A new workspace",
        properties: ["name": nameField])
    }
  }

  package init() {}

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<Workspace, WorkspaceChange> {
    guard context.journal == 1 else { throw OperationError(.refused, "This workspace was founded already.") }
    return Decision(
      output: Workspace(id: context.workspace, name: input.name, revision: 1, createdAt: context.time),
      changes: [.created(name: input.name, at: context.time)], summary: "Created “\(input.name)”")
  }

  package func apply(_ change: WorkspaceChange, in transaction: any Transaction) throws {
    try Workspaces.apply(change, in: transaction)
  }
}

/// Gives the workspace another name.
package struct RenameWorkspace: OperationDefinition {
  package static let name = "rename_workspace"
  package static let version = 1
  package static let permission = Permission("workspace.rename", from: .owner)
  package static let about = OperationAbout(
    "Rename the workspace",
    "Gives the workspace another name. Needs the revision that was seen, so that nobody's rename is overwritten unseen.",
    example: Input(name: "The Salt Road", revision: 1))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let name: String
    package let revision: Int64
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A new name",
        properties: ["name": nameField, "revision": .init("The revision that the writer saw.", .integers(1 ... .max))])
    }
  }

  package init() {}

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<Workspace, WorkspaceChange> {
    let now = try Workspaces.current(in: context.state)
    guard now.revision == input.revision else {
      throw OperationError(
        .preconditionFailed,
        "The workspace was changed meanwhile: it is at revision \(now.revision) and called “\(now.name)”; you saw revision "
          + "\(input.revision).")
    }
    return Decision(
      output: Workspace(id: now.id, name: input.name, revision: now.revision + 1, createdAt: now.createdAt),
      changes: [.renamed(from: now.name, to: input.name)], summary: "Renamed “\(now.name)” to “\(input.name)”")
  }

  package func apply(_ change: WorkspaceChange, in transaction: any Transaction) throws {
    try Workspaces.apply(change, in: transaction)
  }

  package func events(
    of change: WorkspaceChange, journal: Int64, in state: any ReadTransaction
  ) throws -> [EventDraft] {
    let now = try Workspaces.current(in: state)
    return [
      EventDraft(
        topic: "workspace", type: "workspace.renamed",
        payload: .object(["name": .string(now.name), "revision": .integer(now.revision)]))
    ]
  }
}

/// The workspace as it is.
package struct ShowWorkspace: ReadDefinition {
  package static let name = "show_workspace"
  package static let version = 1
  package static let permission = Permission("workspace.read", from: .viewer)
  package static let about = OperationAbout(
    "Show the workspace", "The workspace's name and revision.", example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package struct Output: Codable, Sendable {
    package let id: WorkspaceID
    package let name: String
    package let revision: Int64
    package let createdAt: Timestamp
    package let cursor: String
  }

  private let events: EventLog

  package init(events: EventLog) { self.events = events }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let now = try Workspaces.current(in: transaction)
    return Output(
      id: now.id, name: now.name, revision: now.revision, createdAt: now.createdAt,
      cursor: try events.cursor(of: ["workspace"], in: transaction).description)
  }
}
