import ArgumentParser
import StrictJSON

struct LinkCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "link",
    abstract: "Print a link that signs in whoever opens it first, once.",
    discussion: "Example: arbiter link")

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let link = try await session.withOperations(of: folder, as: "arbiter link") { try await $0.makeLink() }
    guard !output.json else { return try session.console.say(try JSON(encoding: link)) }
    try session.console.say(PlainText.line(link.url))
    session.console.note("It works once, until \(link.expiresAt).")
  }
}
