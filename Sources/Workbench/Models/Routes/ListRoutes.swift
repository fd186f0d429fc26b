package import Events
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// The routes, and which surface uses which.
package struct ListRoutes: ReadDefinition {
  package static let name = "list_routes"
  package static let version = 1
  package static let permission = ListModels.permission
  package static let about = OperationAbout(
    "List routes", "The routes by name, and the surfaces that use one in the place of the chosen model.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package struct Output: Codable, Sendable {
    package let items: [NamedRoute]
    package let assignments: [RouteAssignment]
    /// Where the events begin that come after this list.
    package let cursor: String
  }

  private let events: EventLog

  package init(events: EventLog) { self.events = events }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    Output(
      items: try RouteTables.routes(in: transaction), assignments: try RouteTables.assignments(in: transaction),
      cursor: try events.cursor(of: ["models"], in: transaction).description)
  }
}
