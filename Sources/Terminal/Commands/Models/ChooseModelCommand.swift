import ArgumentParser
import Operations
import StrictJSON

struct ChooseModelCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "choose", abstract: "Say which model answers from now on.",
    discussion: """
      Example: arbiter models choose Ollama --model qwen3:4b
      """)

  @Argument(help: "A connection, by its name or its id.")
  var connection: String?

  @Option(name: .long, help: "One of its models; else the one that was chosen there last.")
  var model: String?

  @Flag(name: .long, help: "The built-in model, which follows rules.")
  var builtIn = false

  @Flag(name: .long, help: "No model.")
  var none = false

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    let count = [connection != nil, builtIn, none].count { $0 }
    guard count == 1, model == nil || connection != nil else {
      throw ValidationError("Choose one of: a connection (with --model), --built-in, --none.")
    }
  }

  func run(in session: TerminalSession) async throws {
    let after = try await session.withOperations(of: folder, as: "arbiter models choose") { door in
      var input: JSONObject = builtIn ? ["builtIn": true] : ["none": true]
      if let connection {
        let found = try await ConnectedModels(through: door, in: session).connection(connection)
        input = ["connection": .string(found.id), "model": .string(model ?? found.model)]
      }
      _ = try await door.perform(
        OperationCall(operation: "choose_model", input: .object(input)), key: try KeyArgument.key(nil, in: session))
      return try await ConnectedModels(through: door, in: session)
    }
    guard !output.json else { return try session.console.say(after.document) }
    try session.console.say(after.sentence)
  }
}
