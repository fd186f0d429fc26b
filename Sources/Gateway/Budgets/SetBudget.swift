package import Events
package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Sets what the workspace, a person or a key may spend on models in a period. Setting it again changes the limit.
package struct SetBudget: OperationDefinition {
  package static let name = "set_budget"
  package static let version = 1
  package static let permission = Permission("budgets.set", from: .owner)
  package static let about = OperationAbout(
    "Set a budget",
    "Sets what may be spent on models in a day, a month or altogether: by the person of “person”, with the key of “key”, or "
      + "by everybody where neither is given. There is one budget for each of them and each period; setting it again "
      + "changes its limit. A new budget counts from now on.",
    example: Input(person: nil, key: nil, period: .month, limitMicros: 50_000_000))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let person: PersonID?
    package let key: GatewayKeyID?
    package let period: BudgetPeriod
    package let limitMicros: Int64

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A budget to set",
        properties: [
          "person": .init("The person whose spending it bounds."),
          "key": .init("The gateway key whose spending it bounds."),
          "period": .init("When it begins anew: with each day or month of UTC, or never (total)."),
          "limitMicros": .init(
            "What may be spent in a period, in micro-dollars: 50000000 are $50. 0 lets nothing through that costs "
              + "something.", .integers(Budget.limits), .example(50_000_000)),
        ])
    }
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Budget, BudgetChange> {
    let subject = try input.subject
    let budgets = try BudgetTables.all(in: context.state)
    let before = budgets.first { $0.subject == subject && $0.period == input.period }
    guard before != nil || budgets.count < BudgetTables.budgetsMax else {
      throw OperationError(
        .refused, "This workspace has \(BudgetTables.budgetsMax) budgets, which is all it may have. Remove one.")
    }
    let budget =
      if let before {
        before.limited(to: input.limitMicros)
      } else {
        Budget(
          id: try context.makeID(), subject: subject, period: input.period, limitMicros: input.limitMicros,
          createdAt: context.time)
      }
    return Decision(
      output: budget, changes: [.set(budget, from: before?.limitMicros)],
      summary: "Set \(budget.phrase) to \(USDollars(budget.limitMicros))")
  }

  package func apply(_ change: BudgetChange, in transaction: any Transaction) throws {
    try change.apply(in: transaction)
  }

  package func events(of change: BudgetChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    try change.events()
  }
}

extension SetBudget.Input {
  fileprivate var subject: BudgetSubject {
    get throws(OperationError) {
      switch (person, key) {
      case (nil, nil): .workspace
      case (let person?, nil): .person(person)
      case (nil, let key?): .key(key)
      case (.some, .some):
        throw .invalid(
          "", "ambiguous", "A budget is a person's, a key's or the workspace's: give “person”, “key” or neither.")
      }
    }
  }
}
