package import Events
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// The connections, and which model answers.
package struct ListModels: ReadDefinition {
  package static let name = "list_models"
  package static let version = 1
  package static let permission = Permission("models.read", from: .viewer)
  package static let about = OperationAbout(
    "List models", "The connections to models, without their keys, and the model that was chosen.", example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  private let events: EventLog

  package init(events: EventLog) { self.events = events }

  package func answer(
    _ input: Input, as principal: Principal, in transaction: any ReadTransaction
  ) throws -> ModelList {
    ModelList(
      try ModelTables.choice(in: transaction), among: try ModelTables.connections(in: transaction),
      cursor: try events.cursor(of: ["models"], in: transaction).description)
  }
}
