import ArgumentParser
import Operations
import StrictJSON

struct PerformCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "perform",
    abstract: "Carry out any operation, change or read, with a JSON input.",
    discussion: """
      `arbiter operations` lists them; `arbiter operations NAME` shows the input that one wants.

      Example: arbiter perform roll_dice --input '{"notation": "8d6[fire]"}'
      Example: arbiter perform list_journal --input - < page.json
      """)

  @Argument(help: "The operation's name.")
  var name: String

  @Option(
    name: .long,
    help: ArgumentHelp("The input: a JSON object, or - for standard input. Empty when left out.", valueName: "json"))
  var input: String?

  @Option(name: .long, help: "An idempotency key: asking again with the same one does it at most once.")
  var key: String?

  @Flag(name: .long, help: "Show what would happen. Nothing is kept.")
  var rehearse = false

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard OperationName.isWellFormed(name) else { throw ValidationError(OperationName.refusal(of: name)) }
    try KeyArgument.validate(key)
    if key != nil, rehearse { throw ValidationError("--key does not go with --rehearse, which does nothing.") }
  }

  func run(in session: TerminalSession) async throws {
    let call = OperationCall(operation: name, input: try document(in: session))
    let key = try KeyArgument.key(key, in: session)
    try await session.withOperations(of: folder, as: "arbiter perform") { door in
      if rehearse {
        let answer = try await door.rehearse([call])
        try session.console.say(["sample": true, "results": try JSON(encoding: answer.results)])
        guard answer.results.allSatisfy({ $0.status == .executed }) else {
          throw TerminalError.failed("It would be refused.", errors: answer.results.flatMap(\.errors))
        }
      } else {
        try show(try await door.perform(call, key: key), in: session)
      }
    }
  }

  private func document(in session: TerminalSession) throws -> JSON {
    guard let input else { return [:] }
    do {
      return input == "-" ? try JSON(parsing: try session.console.readAll()) : try JSON(parsing: input)
    } catch let fault as JSONFault {
      throw TerminalError.usage("The input is not JSON that can be used: \(fault)")
    }
  }

  private func show(_ answer: OperationAnswer, in session: TerminalSession) throws {
    guard !output.json else { return try session.console.say(try answer.document()) }
    try session.console.say(answer.output)
    if let row = answer.journal { session.console.note("Journal row \(row.number).") }
  }
}

extension OperationAnswer {
  /// For programs, as the HTTP interface has it.
  func document() throws -> JSON {
    ["output": output, "journal": try JSON(encoding: journal), "repeated": .bool(isRepeated)]
  }
}
