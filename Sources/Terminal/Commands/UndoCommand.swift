import ArgumentParser
import Operations
import StrictJSON

struct UndoCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take back what a journal row did. Undoing the new row does it again.",
    discussion: """
      Refused where later rows changed the same values; the error names them. Dice are never rolled back.

      Example: arbiter undo 42
      """)

  @Argument(help: "The number of the journal row.")
  var number: Int64

  @Option(name: .long, help: "An idempotency key: asking again with the same one does it at most once.")
  var key: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard number >= 1 else { throw ValidationError("The row is \(number); rows are numbered from 1.") }
    try KeyArgument.validate(key)
  }

  func run(in session: TerminalSession) async throws {
    let call = OperationCall(operation: "undo", input: ["journal": .integer(number)])
    let key = try KeyArgument.key(key, in: session)
    let answer = try await session.withOperations(of: folder, as: "arbiter undo") { door in
      try await door.perform(call, key: key)
    }
    guard !output.json else { return try session.console.say(try answer.document()) }
    let row = answer.journal.map { "; that is journal row \($0.number)" } ?? ""
    try session.console.say("Row \(number) is undone\(row).")
  }
}
