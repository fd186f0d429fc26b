import ArgumentParser
import Inference
import StrictJSON
import Vocabulary

struct CreateKeyCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a key, and print its secret this once.",
    discussion: """
      The secret goes to standard output and is kept nowhere. Programs send it as OpenAI's clients and Anthropic's send \
      their keys, to this server's /v1.

      Example: arbiter keys create notebook --model default --expires 2027-01-31
      """)

  @Argument(help: "What to call it.")
  var name: String

  @Option(name: .long, help: "A model it may ask, as GET /v1/models names it; may be given again. Left out: all.")
  var model: [String] = []

  @Option(name: .long, help: "From when it is good for nothing: 2027-01-31, or 2027-01-31T12:00:00Z. Left out: never.")
  var expires: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard let expires, Self.time(expires) == nil else { return }
    throw ValidationError("“\(expires)” is no day such as 2027-01-31 and no time such as 2027-01-31T12:00:00Z.")
  }

  func run(in session: TerminalSession) async throws {
    let request = GatewayKeyRequest(
      name: name, models: model.isEmpty ? nil : model, expiresAt: expires.flatMap(Self.time))
    let made = try await session.withOperations(of: folder, as: "arbiter keys create") { door in
      try await door.makeGatewayKey(request, key: try KeyArgument.key(nil, in: session))
    }
    guard !output.json else { return try session.console.say(try JSON(encoding: made)) }
    try session.console.say(made.secret)
    session.console.note("This is the only time that the secret is shown. `arbiter keys revoke` takes the key away.")
  }

  /// A day begins at its midnight, UTC.
  private static func time(_ text: String) -> Timestamp? {
    Timestamp(rfc3339: text) ?? Timestamp(rfc3339: "\(text)T00:00:00Z")
  }
}
