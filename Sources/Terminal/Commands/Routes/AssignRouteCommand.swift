import ArgumentParser
import Inference
import Operations
import StrictJSON

struct AssignRouteCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Say which route the table, the gateway or the workbench uses.",
    discussion: """
      For the gateway it is what “default” means.

      Example: arbiter routes assign gateway careful
      """)

  @Argument(help: "tabletop, gateway or workbench.")
  var surface: String

  @Argument(help: "The route's name. Left out: the chosen model.")
  var route: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    let surfaces = CallContext.Surface.allCases.map(\.rawValue)
    guard !surfaces.contains(surface) else { return }
    throw ValidationError("“\(surface.prefix(40))” asks no models; \(surfaces.joined(separator: ", ")) do.")
  }

  func run(in session: TerminalSession) async throws {
    let answer = try await session.withOperations(of: folder, as: "arbiter routes assign") { door in
      var input: JSONObject = ["surface": .string(surface)]
      input["route"] = route.map { .string($0) }
      return try await door.perform(
        OperationCall(operation: "assign_route", input: .object(input)), key: try KeyArgument.key(nil, in: session))
    }
    guard !output.json else { return try session.console.say(answer.output) }
    try session.console.say(PlainText.line("The \(surface) asks \(route ?? "the chosen model")."))
  }
}
