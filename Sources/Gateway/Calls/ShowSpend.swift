package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// What models cost, added up.
package struct ShowSpend: ReadDefinition {
  package static let name = "show_spend"
  package static let version = 1
  package static let permission = ListModelCalls.permission
  package static let about = OperationAbout(
    "Show the spending",
    "What the calls of a time cost that have ended, and how they ended, added up by day, model, surface, person, key, task, "
      + "prompt or route. Costs that are not known are counted apart and are in no sum.",
    example: Input(by: .model, from: nil, to: nil))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let by: SpendGrouping?
    package let from: Timestamp?
    package let to: Timestamp?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A time, and how to add it up",
        properties: [
          "by": .init(
            "What to add up by: day (of UTC), model, surface, person, key, task, prompt or route. day when left out."),
          "from": .init("From this instant on; the beginning of the month when left out."),
          "to": .init("Up to this instant, itself not counted; now when left out. At most 366 days after “from”."),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    package let by: SpendGrouping
    package let from: Timestamp
    package let to: Timestamp
    /// Days newest first, others dearest first; at most a thousand.
    package let items: [SpendLine]
  }

  package init() {}

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    // A call of this very instant is one of now.
    let to = input.to ?? transaction.time.advanced(by: .microseconds(1))
    let from = input.from ?? min(to, transaction.time).monthStart
    guard from < to else {
      throw OperationError.invalid("/to", "not_allowed", "“to” is \(to), which is not after “from”, \(from).")
    }
    guard to.duration(since: from) <= .seconds(366 * 86_400) else {
      throw OperationError.invalid(
        "/from", "not_allowed", "From \(from) to \(to) are more than 366 days. Ask for a shorter time.")
    }
    let grouping = input.by ?? .day
    return Output(
      by: grouping, from: from, to: to,
      items: try CallLedger.spend(by: grouping, from: from, to: to, in: transaction))
  }
}
