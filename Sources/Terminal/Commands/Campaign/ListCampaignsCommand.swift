import ArgumentParser
import Operations
import StrictJSON

struct ListCampaignsCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The campaigns of the workspace.",
    discussion: """
      Example: arbiter campaign list
      """)

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let answer = try await session.withOperations(of: folder, as: "arbiter campaign list") { door in
      try await door.perform(
        OperationCall(operation: "list_campaigns", input: ["limit": 200]), key: try KeyArgument.key(nil, in: session))
    }
    guard !output.json else { return try session.console.say(answer.output) }
    let rows = (answer.output["items"]?.items ?? []).map { item in
      ["id", "name", "acting", "summary"].map { item[$0]?.text ?? "" }
    }
    guard !rows.isEmpty else {
      return try session.console.say("There is no campaign yet. The sample: arbiter campaign import --sample")
    }
    try session.console.say(Table(["ID", "NAME", "ACTING", "SUMMARY"], rows).text(session.ink))
  }
}
