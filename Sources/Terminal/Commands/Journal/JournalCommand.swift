import ArgumentParser

/// The group of commands about the journal. They read the folder, also beside a running server.
struct JournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: "Check, show, export and replay the record of everything that was done.",
    subcommands: [
      VerifyJournalCommand.self, RebuildCommand.self, ShowJournalRowCommand.self, ExportJournalCommand.self,
    ])
}
