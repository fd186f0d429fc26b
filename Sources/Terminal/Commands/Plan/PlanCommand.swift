import ArgumentParser

/// The group of commands about proposals that a person brings as a file.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Check a proposal, and execute it, without a model.",
    subcommands: [CheckPlanCommand.self, ExecutePlanCommand.self])
}

/// What a proposal is about, and where it is.
struct PlanOptions: ParsableArguments {
  @Argument(help: "The file with the proposal; - is standard input.")
  var file: String

  @Option(name: .long, help: "The campaign that it is about, by its id.")
  var campaign: String

  var subject: String { "campaigns/\(campaign)" }
}
