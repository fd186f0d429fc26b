import ArgumentParser
import StrictJSON

struct ListRoutesCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The routes, and what uses them in the place of the chosen model.",
    discussion: """
      Example: arbiter routes list
      """)

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let (list, models) = try await session.withOperations(of: folder, as: "arbiter routes list") { door in
      let list = try await ListedRoutes(through: door, in: session)
      return (list, try await ConnectedModels(through: door, in: session))
    }
    guard !output.json else { return try session.console.say(list.document) }
    guard !list.routes.isEmpty else {
      return try session.console.say(
        "There are no routes: everything asks the chosen model. `arbiter routes set` makes one.")
    }
    let rows = list.routes.map { route in
      [
        route.name, route.order(among: models.connections),
        list.assignments.filter { $0.route == route.name }.map(\.surface).joined(separator: ", "),
        list.options(of: route),
      ]
    }
    try session.console.say(Table(["NAME", "ASKS", "USED BY", "OPTIONS"], rows).text(session.ink))
  }
}
