import ArgumentParser
import Inference
import StrictJSON

struct CheckModelCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "See which models a key or an address leads to. Stores nothing.",
    discussion: """
      Without a key and an address, the servers that answer on this machine, and at the origins of its configuration, are \
      listed. The status is 1 when it is of no use.

      Example: arbiter models check --with-key < key.txt
      """)

  @OptionGroup var candidate: CandidateOptions
  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    guard !candidate.isEmpty else { return try await listLocalServers(in: session) }
    let given = try candidate.candidate(in: session)
    let check = try await session.withOperations(of: folder, as: "arbiter models check") { door in
      try await door.checkModel(given)
    }
    if output.json { try session.console.say(try JSON(encoding: check)) }
    guard check.isUsable else { throw TerminalError.failed(check.message) }
    guard !output.json else { return }
    try session.console.say(([check.message] + check.models).map { PlainText.line($0) }.joined(separator: "\n"))
  }

  private func listLocalServers(in session: TerminalSession) async throws {
    let servers = try await session.withOperations(of: folder, as: "arbiter models check") { door in
      try await door.localServers()
    }
    guard !output.json else { return try session.console.say(["items": try JSON(encoding: servers)]) }
    guard !servers.isEmpty else {
      return try session.console.say(
        "No model server answers at the usual addresses of this machine: "
          + LocalServer.known.map { "\($0.name) at \($0.baseURL)" }.joined(separator: ", ")
          + "; nor at any origin of models.local_origins.")
    }
    for server in servers {
      try session.console.say(PlainText.line("\(server.name) at \(server.baseURL)"))
      for model in server.models { try session.console.say(PlainText.line("  \(model)")) }
    }
  }
}
