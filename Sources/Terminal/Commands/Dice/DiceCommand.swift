import ArgumentParser
import Dice

/// `arbiter dice`: what can be said of dice without rolling any.
struct DiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dice",
    abstract: "Odds of dice, rolls from given numbers, checks of published rolls. Nothing is kept.",
    subcommands: [DiceOddsCommand.self, DiceBatchCommand.self, VerifyDiceCommand.self])
}

/// Whose notation an expression is in.
enum DialectArgument {
  static let help = "Whose notation it is: \(DiceDialect.allCases.map(\.rawValue).joined(separator: ", "))."

  static func dialect(_ text: String) throws -> DiceDialect {
    guard let dialect = DiceDialect(rawValue: text) else {
      throw ValidationError("“\(text.prefix(40))” is no notation. \(help)")
    }
    return dialect
  }
}
