import ArgumentParser
import Operations
import StrictJSON

struct SetRouteCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Name models that are asked in order until one answers.",
    discussion: """
      A model is written as the name or the id of a connection, alone for the model that was chosen there last, or with a \
      slash and one of its models; built-in is the built-in model. Setting a route again replaces all of it.

      Example: arbiter routes set careful OpenAI/gpt-5 Ollama/qwen3:4b built-in --cache-seconds 3600
      """)

  @Argument(help: "What callers say for it: lower-case letters, digits, “.”, “_” and “-”.")
  var name: String

  @Argument(help: "Who is asked: the first, and the next where that fails.")
  var models: [String]

  @OptionGroup var options: RouteOptions
  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let (answer, connected) = try await session.withOperations(of: folder, as: "arbiter routes set") { door in
      let connected = try await ConnectedModels(through: door, in: session)
      var input = options.fields
      input["name"] = .string(name)
      input["entries"] = .array(try models.map { try RouteEntry.entry($0, among: connected.connections) })
      let answer = try await door.perform(
        OperationCall(operation: "set_route", input: .object(input)), key: try KeyArgument.key(nil, in: session))
      return (answer, connected)
    }
    guard !output.json else { return try session.console.say(answer.output) }
    let route = try answer.output.decode(ListedRoutes.Route.self)
    try session.console.say(PlainText.line("\(route.name) asks \(route.order(among: connected.connections))."))
  }
}
