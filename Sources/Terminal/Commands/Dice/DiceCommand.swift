import ArgumentParser
import Dice

/// `arbiter dice`: what can be said of dice without rolling any.
struct DiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dice",
    abstract: "Odds of dice, rolls from given numbers, and checks of published rolls. Nothing is rolled and nothing is kept.",
    subcommands: [DiceOddsCommand.self, DiceBatchCommand.self, VerifyDiceCommand.self])
}

extension DiceDialect: ExpressibleByArgument {}
