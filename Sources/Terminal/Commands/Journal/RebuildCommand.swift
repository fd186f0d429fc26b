import ArgumentParser
import Operations
import StrictJSON

struct RebuildCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Make the state again from the journal alone, beside the one there is, and compare.",
    discussion: """
      Changes nothing that is kept. With --re-execute every decision is made again too, with the recorded dice, where this \
      program still has that version of the operation. The status is 1 when anything differs.

      Example: arbiter journal rebuild --re-execute
      """)

  @Flag(name: .long, help: "Decide everything again, and compare the decisions.")
  var reExecute = false

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let progress = ProgressLine("Rebuilding", on: session.console)
    let report = try await session.withFolder(of: folder) { folder in
      defer { progress.finish() }
      return try await folder.rebuild(reexecuting: reExecute) { progress.show($0, of: $1) }
    }
    if output.json { try session.console.say(report.document) } else { try session.console.say(report.text) }
    if !report.isEqual { throw TerminalError.notInOrder }
  }
}

extension RebuildReport {
  fileprivate var document: JSON {
    [
      "equal": .bool(isEqual), "rows": .integer(rows), "folded": .integer(Int64(folded)),
      "reexecuted": .integer(Int64(reexecuted)), "failed": .integer(Int64(failed)),
      "liveHash": .string("\(live)"), "rebuiltHash": rebuilt.map { .string("\($0)") } ?? .null,
      "differenceCount": .integer(Int64(differenceCount)),
      "differences": .array(
        differences.map { ["row": .integer($0.row), "operation": .string($0.operation), "what": .string($0.what)] }),
    ]
  }

  fileprivate var text: String {
    let rest = differenceCount - differences.count
    return
      ([
        isEqual ? "The journal gives the state that is there." : "The journal does not give the state that is there.",
        "\(rows) rows: \(folded) folded, \(reexecuted) decided again, \(failed) failed attempts",
        "state   \(live)", "rebuilt \(rebuilt.map { "\($0)" } ?? "none")",
      ] + differences.map { "  Row \($0.row) (\(PlainText.line($0.operation))): \(PlainText.line($0.what))" }
      + (rest > 0 ? ["  … and \(rest) more differences"] : [])).joined(separator: "\n")
  }
}
