import ArgumentParser
import Operations
import StrictJSON

struct VerifyJournalCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Follow the journal's chain of hashes from the first row to the keyed head.",
    discussion: """
      Keep the head that it prints somewhere else; given back with --expect it finds a journal that was cut or written anew \
      since, even by somebody who has the key. The status is 1 when the journal is not whole.

      Example: arbiter journal verify --expect NUMBER:HASH
      """)

  @Option(name: .long, help: ArgumentHelp("A head that was printed earlier.", valueName: "number:hash"))
  var expect: JournalPoint?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let progress = ProgressLine("Verifying", on: session.console)
    let result = try await session.withFolder(of: folder) { folder in
      defer { progress.finish() }
      return try await folder.verifyJournal(expecting: expect) { progress.show($0, of: $1) }
    }
    if output.json { try session.console.say(result.document) } else { try session.console.say(result.text) }
    if !result.isWhole { throw TerminalError.notInOrder }
  }
}

extension JournalPoint: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension Journal.Verification {
  /// The point to keep; nil for an empty journal.
  private var point: JournalPoint? { head.number > 0 ? JournalPoint(number: head.number, hash: head.hash) : nil }

  fileprivate var document: JSON {
    [
      "whole": .bool(isWhole), "rows": .integer(rows), "head": point.map { .string("\($0)") } ?? .null,
      "faults": .array(faults.map { ["row": .integer($0.row), "what": .string($0.what)] }),
    ]
  }

  fileprivate var text: String {
    let end = point.map { "\nhead \($0)" } ?? ""
    guard !isWhole else { return "The journal is whole: \(rows) \(rows == 1 ? "row" : "rows").\(end)" }
    let list = faults.map { "  \(PlainText.line($0.description))" }.joined(separator: "\n")
    return "The journal is not whole:\n\(list)\(end)"
  }
}
