import ArgumentParser
import Operations
import Proposals
import StrictJSON

struct ExecutePlanCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "execute",
    abstract: "Check a proposal and execute it: all of it or nothing, in one commit.",
    discussion: """
      The status is 1 when it was refused, and when it failed once dice lay on the table: nothing was done then, and the \
      journal keeps what was drawn.

      Example: arbiter plan execute fireball.json --campaign ashford_mill
      """)

  @OptionGroup var plan: PlanOptions

  @Option(name: .long, help: "An idempotency key: asking again with the same one does it at most once.")
  var key: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws { try KeyArgument.validate(key) }

  func run(in session: TerminalSession) async throws {
    let proposal = try InputFile.document(plan.file, in: session)
    let key = try KeyArgument.key(key, in: session)
    let record = try await session.withOperations(of: folder, as: "arbiter plan execute") { door in
      try await door.execute(proposal, on: plan.subject, key: key)
    }
    if output.json {
      try session.console.say(try JSON(encoding: record))
    } else {
      try session.console.say(PlanText.lines(of: record).joined(separator: "\n"))
    }
    guard record.outcome == .executed else {
      throw TerminalError.failed(record.failure ?? "It failed; nothing was done.")
    }
  }
}
