import ArgumentParser
import Dice

/// `arbiter dice`: what can be said of dice without rolling any.
struct DiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dice",
    abstract: "Odds of dice, rolls from given numbers, checks of published rolls. Nothing is kept.",
    subcommands: [DiceOddsCommand.self, DiceBatchCommand.self, VerifyDiceCommand.self])
}

extension DiceDialect: ExpressibleByArgument {}
