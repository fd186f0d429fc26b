import ArgumentParser

struct ServeCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a data folder, and print the address and a one-time sign-in link.",
    discussion: """
      Ctrl-C stops it, letting requests end. Values come from the options, else from ARBITER_… variables, else from \
      arbiter.yaml in the data folder; `arbiter doctor` says which is in force.

      Example: arbiter serve --port 8282
      """)

  @OptionGroup var folder: FolderOptions

  @Option(name: .long, help: "The port to listen on; 0 is any free one.")
  var port: Int?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The address to listen on.",
      discussion: "Beyond loopback it refuses to start unless authentication is configured.", valueName: "address"))
  var host: String?

  @Option(name: .long, help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?

  @Option(
    name: .long, help: ArgumentHelp("Serve the page's files from here, for working on them.", valueName: "folder"))
  var assets: String?

  mutating func validate() throws {
    if let port, !(0...65_535).contains(port) {
      throw ValidationError("--port is \(port); a port is a number from 0 to 65535.")
    }
    for (name, value) in [("--host", host), ("--config", config), ("--assets", assets)] where value?.isEmpty == true {
      throw ValidationError("\(name) is empty.")
    }
  }

  func run(in session: TerminalSession) async throws {
    let surroundings = session.surroundings
    try await session.doors.serve(
      ServeOptions(
        folder: try surroundings.dataFolder(named: folder.data), host: host, port: port,
        configuration: config.map(surroundings.absolute), assets: assets.map(surroundings.absolute)))
  }
}
