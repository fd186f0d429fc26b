import ArgumentParser
import Operations
import Storage
import StrictJSON
import Vocabulary

struct ExportJournalCommand: TerminalCommand {
  /// Rows read at once.
  private static let page = 200

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the journal as JSON lines: each row whole, then the keyed head.",
    discussion: """
      The last line is {"head": {…}}: the journal's newest row, its hash, and a code under the vault's key. It belongs to \
      the whole journal, also when only a part is exported. A file is made whole or not at all, and never overwritten.

      Example: arbiter journal export --from 1000 --output journal.jsonl
      """)

  @Option(name: .long, help: "The first row.")
  var from: Int64 = 1

  @Option(name: .long, help: "The last row; the newest when left out.")
  var to: Int64?

  @Option(
    name: [.long, .short],
    help: ArgumentHelp("The file to write; standard output when left out.", valueName: "file"))
  var output: String?

  @OptionGroup var folder: FolderOptions

  mutating func validate() throws {
    guard from >= 1 else { throw ValidationError("--from is \(from); rows are numbered from 1.") }
    if let to, to < from { throw ValidationError("--to is \(to), which is before --from, \(from).") }
  }

  func run(in session: TerminalSession) async throws {
    let count = try await session.withFolder(of: folder) { folder in
      guard let output else { return try await export(folder, session) { try session.console.say($0) } }
      let file = try ExportFile(session.surroundings.absolute(output))
      let count = try await export(folder, session) { try file.append($0) }
      try file.finish()
      return count
    }
    session.console.note("\(count) \(count == 1 ? "row" : "rows") exported.")
  }

  /// Hands each line to `write`, and gives the number of rows.
  private func export(
    _ folder: any OpenFolder, _ session: TerminalSession, to write: (String) throws -> Void
  ) async throws -> Int64 {
    // The head first: rows that come while this runs are not in it and are left out.
    let head = try await folder.journalHead()
    let last = min(to ?? head.number, head.number)
    let progress = ProgressLine("Exporting", on: session.console)
    defer { progress.finish() }
    var done = from - 1
    while done < last {
      let entries = try await folder.journalEntries(after: done, limit: Int(min(Int64(Self.page), last - done)))
      for entry in entries where entry.number == done + 1 {
        try write(try JSON(encoding: entry).canonicalText())
        done += 1
      }
      guard let end = entries.last, end.number == done else {
        throw TerminalError.failed("The journal has no row \(done + 1). `arbiter journal verify` says more.")
      }
      progress.show(done - from + 1, of: last - from + 1)
    }
    try write(JSON.object(["head": head.document]).canonicalText())
    return max(0, done - from + 1)
  }
}

extension Journal.Head {
  fileprivate var document: JSON {
    [
      "number": .integer(number), "hash": .string(hash.hexadecimal), "code": .string(code.hexadecimal),
      "time": number > 0 ? .string("\(time)") : .null,
    ]
  }
}
