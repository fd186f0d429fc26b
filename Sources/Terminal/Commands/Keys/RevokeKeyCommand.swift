import ArgumentParser
import Operations
import StrictJSON

struct RevokeKeyCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take a key away: the next call with it is refused.",
    discussion: """
      Example: arbiter keys revoke notebook
      """)

  @Argument(help: "A key, by its name or its id.")
  var key: String

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let (found, answer) = try await session.withOperations(of: folder, as: "arbiter keys revoke") { door in
      let found = try await ListedKeys(through: door, in: session).key(key)
      let answer = try await door.perform(
        OperationCall(operation: "revoke_gateway_key", input: ["id": .string(found.id)]),
        key: try KeyArgument.key(nil, in: session))
      return (found, answer)
    }
    guard !output.json else { return try session.console.say(answer.output) }
    try session.console.say(PlainText.line("\(found.name) is revoked: the next call with it is refused."))
  }
}
