import ArgumentParser
import StrictJSON

struct CheckDatabaseCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the database file: its pages, its keys, its settings.",
    discussion: """
      Also beside a running server. The status is 1 when something is wrong.

      Example: arbiter database check
      """)

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let findings = try await session.withFolder(of: folder) { try await $0.checkDatabase() }
    if output.json {
      try session.console.say(["findings": try JSON(encoding: findings)])
    } else {
      try session.console.say(findings.text(session.ink))
    }
    if findings.contains(where: { $0.verdict == .wrong }) { throw TerminalError.notInOrder }
  }
}
