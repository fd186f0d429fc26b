import ArgumentParser
import Operations
import StrictJSON

struct ImportCampaignCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring in a campaign from its file, or the sample that comes with the program.",
    discussion: """
      docs/formats/campaign.md gives the form of the file. Everything wrong with it is named at once.

      Example: arbiter campaign import --sample
      """)

  @Argument(help: "The campaign file; - is standard input.")
  var file: String?

  @Flag(name: .long, help: "The sample campaign instead of a file.")
  var sample = false

  @Option(name: .long, help: "An idempotency key: asking again with the same one does it at most once.")
  var key: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard sample != (file != nil) else { throw ValidationError("Name a file, or say --sample.") }
    try KeyArgument.validate(key)
  }

  func run(in session: TerminalSession) async throws {
    let input = try file.map { try InputFile.document($0, in: session) } ?? session.doors.sampleCampaign()
    let call = OperationCall(operation: "import_campaign", input: input)
    let key = try KeyArgument.key(key, in: session)
    let answer = try await session.withOperations(of: folder, as: "arbiter campaign import") { door in
      try await door.perform(call, key: key)
    }
    guard !output.json else { return try session.console.say(try answer.document()) }
    let name = PlainText.line(input["name"]?.text ?? "The campaign")
    let id = PlainText.line(input["id"]?.text ?? "")
    let row = answer.journal.map { "; that is journal row \($0.number)" } ?? ""
    try session.console.say("“\(name)” is here as \(id)\(row).")
  }
}
