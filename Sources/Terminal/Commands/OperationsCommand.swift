import ArgumentParser
import Operations
import StrictJSON
import Vocabulary

struct OperationsCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "operations",
    abstract: "List what this program can do, or show one operation with the schema of its input.",
    discussion: """
      Example: arbiter operations
      Example: arbiter operations roll_dice --json
      """)

  @Argument(help: "An operation's name.")
  var name: String?

  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let facts = try session.doors.operations()
    guard let name else { return try list(facts, in: session) }
    guard let one = facts.first(where: { $0.name == name }) else {
      throw TerminalError.failed(
        "There is no operation “\(name.prefix(80))”. There are: \(facts.map(\.name).joined(separator: ", ")).")
    }
    if output.json { try session.console.say(one.document) } else { try session.console.say(one.page(session.ink)) }
  }

  private func list(_ facts: [OperationFacts], in session: TerminalSession) throws {
    if output.json { return try session.console.say(["items": .array(facts.map(\.document))]) }
    let rows = facts.map { [$0.name, $0.kind.rawValue, $0.permission.leastRole.rawValue, $0.title] }
    try session.console.say(Table(["OPERATION", "KIND", "ROLE", "WHAT IT DOES"], rows).text(session.ink))
  }
}

extension OperationFacts {
  /// For programs, as the HTTP interface has it.
  fileprivate var document: JSON {
    [
      "name": .string(name), "version": .integer(Int64(version)), "kind": .string(kind.rawValue),
      "title": .string(title), "summary": .string(summary), "permission": .string(permission.name),
      "role": .string(permission.leastRole.rawValue), "input": input.document(), "output": output.document(),
      "example": example,
    ]
  }

  fileprivate func page(_ ink: Ink) -> String {
    """
    \(ink.strong(name)), version \(version): \(title)

    \(summary)
    It is a \(kind.rawValue); it needs the role \(permission.leastRole.rawValue) or more.

    \(ink.strong("Input"))
    \(input.document().prettyText())

    \(ink.strong("Example"))
    arbiter perform \(name) --input \(Self.quoted(example.canonicalText()))
    """
  }

  /// As one word for a POSIX shell.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
