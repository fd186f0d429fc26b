import Dice
package import Operations
package import Storage
package import Vocabulary

/// The exact odds of a dice notation. Nothing is rolled and nothing changes.
package struct ShowOdds: ReadDefinition {
  package static let name = "show_odds"
  package static let version = 1
  package static let permission = Permission("dice.read", from: .viewer)
  package static let about = OperationAbout(
    "Show the odds of dice", "How likely every total of a dice notation is, exactly.",
    example: Input(notation: "4d6kh3", dialect: nil, variables: nil))

  package typealias Input = DiceInput
  package typealias Output = DiceOdds

  package init() {}

  package func answer(
    _ input: DiceInput, as principal: Principal, in transaction: any ReadTransaction
  ) throws -> DiceOdds {
    let dice = try input.boundDice()
    do {
      return DiceOdds(try dice.odds(limits: DiceOdds.limits), of: dice)
    } catch let error as OddsError {
      throw OperationError.invalid(
        "/notation", error.kind == .tooLarge ? "odds_too_large" : "no_odds",
        "\(error.message.prefix(1).uppercased())\(error.message.dropFirst()).")
    } catch let error as DiceError {
      throw OperationError.invalid("/notation", "no_odds", error.message)
    }
  }
}
