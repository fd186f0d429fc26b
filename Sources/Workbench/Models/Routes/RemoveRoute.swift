package import Events
package import Operations
package import Storage
package import StrictJSON

/// Takes a route away. What used it asks the chosen model then.
package struct RemoveRoute: OperationDefinition {
  package static let name = "remove_route"
  package static let version = 1
  package static let permission = SetRoute.permission
  package static let about = OperationAbout(
    "Remove a route", "Takes a route away. Surfaces that used it ask the chosen model then.",
    example: Input(name: "careful"))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let name: String
    package static var schemaDescription: SchemaDescription {
      SchemaDescription("What to remove", properties: ["name": .init("The route's name.", .format(.routeName))])
    }
  }

  package struct Output: Codable, Sendable {
    package let removed: String
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, ModelChange> {
    let route = try RouteTables.demand(input.name, in: context.state)
    let assigned = try RouteTables.assignments(in: context.state).filter { $0.route == input.name }
    return Decision(
      output: Output(removed: input.name),
      changes: assigned.map { .assigned($0.surface, from: $0.route, to: nil) } + [.routed(from: route, to: nil)],
      summary: "Removed the route \(input.name)")
  }

  package func apply(_ change: ModelChange, in transaction: any Transaction) throws {
    try ModelTables.apply(change, in: transaction)
  }

  package func events(of change: ModelChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    guard case .routed = change else { return [] }
    return try change.events(in: state)
  }
}
