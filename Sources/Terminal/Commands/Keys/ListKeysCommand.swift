import ArgumentParser
import StrictJSON

struct ListKeysCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The keys there are, without their secrets.",
    discussion: """
      Example: arbiter keys list
      """)

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let list = try await session.withOperations(of: folder, as: "arbiter keys list") { door in
      try await ListedKeys(through: door, in: session)
    }
    guard !output.json else { return try session.console.say(list.document) }
    guard !list.keys.isEmpty else {
      return try session.console.say("There are no keys. `arbiter keys create NAME` makes one.")
    }
    let rows = list.keys.map { key in
      [
        key.name, "…\(key.hint)", key.models.isEmpty ? "all" : key.models.joined(separator: ", "),
        key.lastUsedAt ?? "not lately", key.revokedAt.map { "revoked \($0)" } ?? key.expiresAt ?? "never", key.id,
      ]
    }
    try session.console.say(Table(["NAME", "ENDS IN", "MODELS", "LAST USED", "EXPIRES", "ID"], rows).text(session.ink))
  }
}
