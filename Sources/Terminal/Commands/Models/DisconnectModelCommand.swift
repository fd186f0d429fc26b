import ArgumentParser
import Operations
import StrictJSON

struct DisconnectModelCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "disconnect", abstract: "Take a connection away and destroy its key.",
    discussion: """
      Nothing brings the key back. Copies that you made of the data folder still hold it, sealed.

      Example: arbiter models disconnect OpenRouter
      """)

  @Argument(help: "A connection, by its name or its id.")
  var connection: String

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let (found, answer) = try await session.withOperations(of: folder, as: "arbiter models disconnect") { door in
      let found = try await ConnectedModels(through: door, in: session).connection(connection)
      let answer = try await door.perform(
        OperationCall(operation: "disconnect_model", input: ["id": .string(found.id)]),
        key: try KeyArgument.key(nil, in: session))
      return (found, answer)
    }
    guard !output.json else { return try session.console.say(answer.output) }
    try session.console.say(
      PlainText.line("\(found.name) is disconnected\(found.hasKey ? ", its key destroyed" : "")."))
  }
}
