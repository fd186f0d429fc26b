import ArgumentParser
import Operations
import Proposals
import StrictJSON

struct CheckPlanCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Rehearse a proposal against the campaign as it stands. Changes nothing.",
    discussion: """
      Everything wrong is named at once, with its place. Dice are samples, never the coming ones. The status is 1 when it \
      could not be executed. docs/formats/proposals.md gives the form of the file.

      Example: arbiter plan check fireball.json --campaign ashford_mill
      """)

  @OptionGroup var plan: PlanOptions
  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let proposal = try InputFile.document(plan.file, in: session)
    let report = try await session.withOperations(of: folder, as: "arbiter plan check") { door in
      try await door.check(proposal, on: plan.subject)
    }
    if output.json {
      try session.console.say(try JSON(encoding: report))
    } else {
      try session.console.say(PlanText.lines(of: report).joined(separator: "\n"))
    }
    guard report.isExecutable || report.faults.isEmpty else {
      throw TerminalError.failed(
        report.faults.count == 1 ? "One thing is wrong with it." : "\(report.faults.count) things are wrong with it.",
        errors: report.faults.map(PlanText.error))
    }
  }
}
