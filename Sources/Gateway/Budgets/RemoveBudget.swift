package import Events
package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Takes a budget away. What was spent stays in the calls.
package struct RemoveBudget: OperationDefinition {
  package static let name = "remove_budget"
  package static let version = 1
  package static let permission = SetBudget.permission
  package static let about = OperationAbout(
    "Remove a budget", "Takes a budget away: it bounds nothing any more. What was spent stays in the list of calls.",
    example: Input(id: BudgetID(UniqueID(high: 0x0197_a3c1_0000_7000, low: 0x8000_0000_0000_0001))))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let id: BudgetID
    package static var schemaDescription: SchemaDescription {
      SchemaDescription("What to remove", properties: ["id": .init("The budget's id.")])
    }
  }

  package struct Output: Codable, Sendable {
    package let removed: BudgetID
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, BudgetChange> {
    guard let budget = try BudgetTables.one(input.id, in: context.state) else {
      throw OperationError(.notFound, "There is no budget \(input.id).")
    }
    return Decision(
      output: Output(removed: input.id), changes: [.removed(budget)], summary: "Removed \(budget.phrase)")
  }

  package func apply(_ change: BudgetChange, in transaction: any Transaction) throws {
    try change.apply(in: transaction)
  }

  package func events(of change: BudgetChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    try change.events()
  }
}
