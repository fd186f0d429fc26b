import ArgumentParser
import StrictJSON

struct ListModelsCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "What is connected, and which model answers.",
    discussion: """
      Example: arbiter models list
      """)

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let list = try await session.withOperations(of: folder, as: "arbiter models list") { door in
      try await ConnectedModels(through: door, in: session)
    }
    guard !output.json else { return try session.console.say(list.document) }
    if !list.connections.isEmpty {
      let rows = list.connections.map { connection in
        [
          connection.id == list.chosenConnection ? "*" : "", connection.name, connection.model, connection.baseURL,
          connection.hasKey ? "sealed" : "none", connection.id,
        ]
      }
      try session.console.say(Table(["", "NAME", "MODEL", "ADDRESS", "KEY", "ID"], rows).text(session.ink))
    }
    try session.console.say(list.sentence)
  }
}
