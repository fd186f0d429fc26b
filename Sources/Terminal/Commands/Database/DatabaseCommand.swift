import ArgumentParser

/// The group of commands about the database file.
struct DatabaseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "database",
    abstract: "Check the database, or go back to before the last migration.",
    subcommands: [CheckDatabaseCommand.self, RollBackDatabaseCommand.self])
}
