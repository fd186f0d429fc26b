package import Events
package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Takes a connection away and destroys its key. If its model was the one that answers, none is chosen then; routes go on
/// without it.
package struct DisconnectModel: OperationDefinition {
  package static let name = "disconnect_model"
  package static let version = 1
  package static let permission = ConnectModel.permission
  package static let about = OperationAbout(
    "Disconnect a model", "Takes a connection away and destroys its key. Nothing brings the key back.",
    example: Input(id: ModelConnectionID(UniqueID(high: 0x0197_a3c1_0000_7000, low: 0x8000_0000_0000_0001))))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let id: ModelConnectionID
    package static var schemaDescription: SchemaDescription {
      SchemaDescription("What to disconnect", properties: ["id": .init("The connection's id.")])
    }
  }

  package struct Output: Codable, Sendable {
    package let disconnected: ModelConnectionID
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, ModelChange> {
    guard let connection = try ModelTables.connection(input.id, in: context.state) else {
      throw OperationError(.notFound, "There is no connection \(input.id).")
    }
    let choice = try ModelTables.choice(in: context.state)
    let unchoosing = choice?.connection == input.id ? [ModelChange.chosen(from: choice, to: nil)] : []
    let rerouting = try Self.rerouting(without: input.id, in: context.state)
    return Decision(
      output: Output(disconnected: input.id), changes: unchoosing + rerouting + [.disconnected(input.id)],
      summary: "Disconnected \(connection.name)")
  }

  /// Takes a connection out of the routes that go over it. A route that is empty then is gone.
  private static func rerouting(
    without connection: ModelConnectionID, in state: any ReadTransaction
  ) throws -> [ModelChange] {
    let changed = try RouteTables.routes(in: state).filter { $0.entries.contains { $0.connection == connection } }
    let gone = Set(changed.filter { $0.without(connection) == nil }.map(\.name))
    let assigned = try RouteTables.assignments(in: state).filter { gone.contains($0.route) }
    return assigned.map { .assigned($0.surface, from: $0.route, to: nil) }
      + changed.map { .routed(from: $0, to: $0.without(connection)) }
  }

  package func apply(_ change: ModelChange, in transaction: any Transaction) throws {
    try ModelTables.apply(change, in: transaction)
  }

  package func events(of change: ModelChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    guard case .disconnected = change else { return [] }
    return try change.events(in: state)
  }
}
