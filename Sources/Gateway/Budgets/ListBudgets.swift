package import Events
package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// The budgets, and what is gone of each.
package struct ListBudgets: ReadDefinition {
  package static let name = "list_budgets"
  package static let version = 1
  package static let permission = Permission("budgets.read", from: .viewer)
  package static let about = OperationAbout(
    "List budgets",
    "The budgets, oldest first, with what was spent in the current period and what is held for calls under way.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package struct Output: Codable, Sendable {
    package let items: [BudgetStanding]
    /// Where the events begin that come after this list.
    package let cursor: String
  }

  private let events: EventLog

  package init(events: EventLog) { self.events = events }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    Output(
      items: try BudgetTables.standings(in: transaction),
      cursor: try events.cursor(of: ["budgets"], in: transaction).description)
  }
}
