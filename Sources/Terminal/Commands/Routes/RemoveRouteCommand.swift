import ArgumentParser
import Operations
import StrictJSON

struct RemoveRouteCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take a route away: what used it asks the chosen model.",
    discussion: """
      Example: arbiter routes remove careful
      """)

  @Argument(help: "The route's name.")
  var name: String

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let answer = try await session.withOperations(of: folder, as: "arbiter routes remove") { door in
      try await door.perform(
        OperationCall(operation: "remove_route", input: ["name": .string(name)]),
        key: try KeyArgument.key(nil, in: session))
    }
    guard !output.json else { return try session.console.say(answer.output) }
    try session.console.say(PlainText.line("\(name) is removed: what used it asks the chosen model."))
  }
}
