import ArgumentParser
import Inference
import StrictJSON

struct ExplainModelCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Where a call to a name would go, and what would bound it. Asks nobody.",
    discussion: """
      Example: arbiter models explain default
      """)

  @Argument(help: "A name of GET /v1/models. Left out: the model that was chosen.")
  var name: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let explanation = try await session.withOperations(of: folder, as: "arbiter models explain") { door in
      try await door.explainModel(name ?? ModelName.chosen)
    }
    if output.json {
      try session.console.say(try JSON(encoding: explanation))
    } else {
      for line in ExplanationText.lines(of: explanation) { try session.console.say(PlainText.line(line)) }
    }
    if let problem = explanation.problem { throw TerminalError.failed(problem) }
  }
}
