package import Events
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

private let readRolls = Permission("dice.read", from: .viewer)

/// Lists rolls, newest first.
package struct ListRolls: ReadDefinition {
  package static let name = "list_rolls"
  package static let version = 1
  package static let permission = readRolls
  package static let about = OperationAbout(
    "List rolls", "The rolls of the workspace, newest first, a page at a time.", example: Input(limit: 50, before: nil))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let limit: Int?
    package let before: RollID?
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A page of rolls",
        properties: [
          "limit": .init("Rolls a page: 1 to 200, 50 when left out.", .integers(1...200)),
          "before": .init("`next` of the page before."),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    package let items: [Roll]
    package let next: RollID?
    /// Where the events begin that come after this list.
    package let cursor: String
  }

  private let sealer: any Sealer
  private let events: EventLog

  package init(sealer: any Sealer, events: EventLog) {
    self.sealer = sealer
    self.events = events
  }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let limit = input.limit ?? 50
    // One more than asked for tells whether there is another page.
    let rolls = try Rolls.page(before: input.before, limit: limit + 1, sealer, in: transaction)
    let items = Array(rolls.prefix(limit))
    return Output(
      items: items, next: rolls.count > limit ? items.last?.id : nil,
      cursor: try events.cursor(of: ["rolls"], in: transaction).description)
  }
}

/// One roll.
package struct ShowRoll: ReadDefinition {
  package static let name = "show_roll"
  package static let version = 1
  package static let permission = readRolls
  package static let about = OperationAbout(
    "Show a roll", "One roll with every die.",
    example: Input(id: RollID(UniqueID(high: 0x0197_0000_0000_7000, low: 1 << 63))))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let id: RollID
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A roll",
        properties: ["id": .init("The roll's id.")])
    }
  }

  private let sealer: any Sealer

  package init(sealer: any Sealer) { self.sealer = sealer }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Roll {
    guard let roll = try Rolls.one(input.id, sealer, in: transaction) else {
      throw OperationError(.notFound, "There is no roll \(input.id) in this workspace.")
    }
    return roll
  }
}
