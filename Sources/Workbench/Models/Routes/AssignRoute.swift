package import Events
package import Inference
package import Operations
package import Storage
package import StrictJSON

/// Says which route a surface uses.
package struct AssignRoute: OperationDefinition {
  package static let name = "assign_route"
  package static let version = 1
  package static let permission = SetRoute.permission
  package static let about = OperationAbout(
    "Assign a route",
    "Says which route a surface uses in the place of the chosen model; without “route” it asks the chosen model again. For "
      + "the gateway it is what “default” means.",
    example: Input(surface: .tabletop, route: nil))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let surface: CallContext.Surface
    package let route: String?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A surface, and its route",
        properties: [
          "surface": .init("What of the program asks."),
          "route": .init("The route's name; left out for the chosen model.", .format(.routeName)),
        ])
    }
  }

  package init() {}

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<RouteAssignment?, ModelChange> {
    if let route = input.route { _ = try RouteTables.demand(route, in: context.state, at: "/route") }
    let before = try RouteTables.assignments(in: context.state).first { $0.surface == input.surface }
    return Decision(
      output: input.route.map { RouteAssignment(surface: input.surface, route: $0) },
      changes: [.assigned(input.surface, from: before?.route, to: input.route)],
      summary: "\(input.surface.title) asks \(input.route.map { "the route \($0)" } ?? "the chosen model")")
  }

  package func apply(_ change: ModelChange, in transaction: any Transaction) throws {
    try ModelTables.apply(change, in: transaction)
  }

  package func events(of change: ModelChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    try change.events(in: state)
  }
}

/// A surface that uses a route.
package struct RouteAssignment: Codable, Sendable, Hashable {
  package let surface: CallContext.Surface
  package let route: String
}

extension CallContext.Surface {
  /// As a sentence begins with it.
  fileprivate var title: String {
    switch self {
    case .tabletop: "The table"
    case .gateway: "The gateway"
    case .workbench: "The workbench"
    }
  }
}
