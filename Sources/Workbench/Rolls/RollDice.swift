package import Dice
package import Events
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Rolls dice, for everybody in the workspace to see.
package struct RollDice: OperationDefinition {
  package static let name = "roll_dice"
  package static let version = 1
  package static let permission = Permission("dice.roll", from: .editor)
  package static let about = OperationAbout(
    "Roll dice",
    "Rolls a dice notation such as 8d6[fire] or 2d20kh1+5 with the server's counted, provable draws. Formulas in braces, "
      + "as {level}d6, take their names from the variables.",
    example: Input(notation: "8d6[fire]", dialect: nil, purpose: "Fireball", variables: nil))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let notation: String
    package let dialect: DiceDialect?
    package let purpose: String?
    package let variables: [String: JSON]?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A roll to make",
        properties: [
          "notation": DiceFields.notation, "dialect": DiceFields.dialect,
          "purpose": .init("What it is for, as people say it.", .length(0...200)),
          "variables": DiceFields.variables,
        ])
    }
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Roll, RollChange> {
    let dice = try Workbench.boundDice(input.notation, input.dialect, input.variables)
    let result = try context.roll(dice)
    let roll = Roll(
      id: try context.makeID(), notation: input.notation, dialect: input.dialect, purpose: input.purpose,
      total: result.total, result: result,
      rolledBy: Roll.Roller(id: context.principal.person, name: context.principal.name), rolledAt: context.time,
      journal: context.journal, state: .standing, draws: context.drawn.map(Roll.Draws.init(of:)))
    let summary = "\(input.notation) = \(result.total)" + (input.purpose.map { " (\($0))" } ?? "")
    return Decision(
      output: roll, changes: [.made(roll)], summary: summary,
      display: OperationDisplay(
        .dice, summary, compact: "\(result.total)", chance: dice.percentile(of: result.total)?.description))
  }

  package func apply(_ change: RollChange, in transaction: any Transaction) throws {
    switch change {
    case .made(let roll): try Rolls.insert(roll, in: transaction)
    case .withdrawn(let id): try Rolls.set(id, to: .withdrawn, in: transaction)
    case .restored(let id): try Rolls.set(id, to: .standing, in: transaction)
    }
  }

  package func events(of change: RollChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    let (type, payload): (StaticString, JSONObject) =
      switch change {
      case .made(let roll): ("roll.made", ["roll": try JSON(encoding: roll)])
      case .withdrawn(let id): ("roll.withdrawn", ["id": .string("\(id)"), "journal": .integer(journal)])
      case .restored(let id): ("roll.restored", ["id": .string("\(id)"), "journal": .integer(journal)])
      }
    return [EventDraft(topic: "rolls", type: type, payload: .object(payload))]
  }
}
