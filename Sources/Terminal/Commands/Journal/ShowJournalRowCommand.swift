import ArgumentParser
import Operations
import StrictJSON
import Vocabulary

struct ShowJournalRowCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a journal row: what was asked, what was drawn, what changed, and its place in the chain.",
    discussion: "Example: arbiter journal show 42 --json")

  @Argument(help: "The row's number.")
  var number: Int64

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard number >= 1 else { throw ValidationError("The row is \(number); rows are numbered from 1.") }
  }

  func run(in session: TerminalSession) async throws {
    let entry = try await session.withFolder(of: folder) { folder in
      try await folder.journalEntries(after: number - 1, limit: 1).first
    }
    guard let entry, entry.number == number else {
      throw TerminalError.failed("There is no journal row \(number) in this folder.")
    }
    if output.json {
      try session.console.say(try JSON(encoding: entry))
    } else {
      try session.console.say(try entry.page(session.ink))
    }
  }
}

extension JournalEntry {
  fileprivate func page(_ ink: Ink) throws -> String {
    var lines = ["\(operation), version \(version), by \(actor.name) (\(role.rawValue)), \(time)", standing]
    lines.append("input      \(input.canonicalText())")
    if let failure { lines.append("failure    \(failure)") }
    if let draws { lines.append("draws      \(try JSON(encoding: draws).canonicalText())") }
    for change in changes { lines.append("change     \(change.operation): \(change.change.canonicalText())") }
    for event in events { lines.append("event      \(event.topic):\(event.number) \(event.type)") }
    if let key { lines.append("key        \(key)") }
    lines += ["content    \(contentDigest)", "hash       \(hash)", "before it  \(previousHash)"]
    return ([ink.strong("\(number)  \(PlainText.line(summary))")] + lines.map(PlainText.line)).joined(separator: "\n")
  }

  private var standing: String {
    var words = [state.rawValue]
    if let undoes { words.append("undoes row \(undoes)") }
    if let undoneBy { words.append("undone by row \(undoneBy)") }
    if undoable { words.append("can be undone") }
    return words.joined(separator: ", ")
  }
}
