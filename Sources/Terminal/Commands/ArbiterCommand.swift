import ArgumentParser

/// The root: `arbiter`.
struct ArbiterCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "arbiter",
    abstract: "Language models propose; Arbiter decides what happens.",
    discussion: """
      Results go to standard output, diagnostics and progress to standard error. The status is 0 when it was done, 1 when \
      it failed, 2 when it was not understood.

      Example: arbiter serve
      """,
    groupedSubcommands: [
      CommandGroup(name: "Server", subcommands: [ServeCommand.self, LinkCommand.self, DoctorCommand.self]),
      CommandGroup(name: "Dice", subcommands: [RollCommand.self, DiceCommand.self, FormulaCommand.self]),
      CommandGroup(
        name: "Play", subcommands: [PlayCommand.self, CampaignCommand.self, PlanCommand.self]),
      CommandGroup(
        name: "Models", subcommands: [ModelsCommand.self, RoutesCommand.self, InferCommand.self, KeysCommand.self]),
      CommandGroup(
        name: "Operation", subcommands: [OperationsCommand.self, PerformCommand.self, UndoCommand.self]),
      CommandGroup(name: "Record", subcommands: [JournalCommand.self, DatabaseCommand.self]),
    ])

  @Flag(name: .long, help: "Say which version this is.")
  var version = false

  func run(in session: TerminalSession) async throws {
    guard version else { throw CleanExit.helpRequest(self) }
    try session.console.say("arbiter \(session.doors.version)")
  }
}
