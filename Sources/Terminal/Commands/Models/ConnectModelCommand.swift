import ArgumentParser
import Inference
import StrictJSON

struct ConnectModelCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "connect", abstract: "Check a key or an address, keep it sealed, and choose one of its models.",
    discussion: """
      Connecting the same address under the same name again replaces it: with a new key, and the models it lists now.

      Example: arbiter models connect --base-url http://127.0.0.1:11434/v1 --model qwen3:4b
      """)

  @OptionGroup var candidate: CandidateOptions

  @Option(name: .long, help: "The model that answers; may be left out where there is one only.")
  var model: String?

  @Option(name: .long, help: "What to call the connection; else as the provider.")
  var name: String?

  @Option(name: .long, help: "An idempotency key: asking again with the same one does it at most once.")
  var key: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    try KeyArgument.validate(key)
    guard candidate.isEmpty else { return }
    throw ValidationError("Give --base-url, --with-key or both.")
  }

  func run(in session: TerminalSession) async throws {
    let given = try candidate.candidate(in: session)
    let key = try KeyArgument.key(key, in: session)
    let connection = try await session.withOperations(of: folder, as: "arbiter models connect") { door in
      try await door.connectModel(given, model: model, name: name, key: key)
    }
    guard !output.json else { return try session.console.say(try JSON(encoding: connection)) }
    try session.console.say(
      PlainText.line("Connected \(connection.name) as \(connection.id). \(connection.model) answers from now on."))
  }
}
