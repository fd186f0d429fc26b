import ArgumentParser
import Dice
import Operations
import StrictJSON

struct RollCommand: TerminalCommand {
  /// Notations one command rolls.
  static let notationsMax = 100

  static let configuration = CommandConfiguration(
    commandName: "roll",
    abstract: "Roll dice with the server's provable draws, for everybody in the workspace to see.",
    discussion: """
      Each notation is a roll of its own. The running server rolls; when none runs, the data folder is opened for it.

      Example: arbiter roll 2d20kh1+5 '{level}d6[fire]' --variable level=8
      """)

  @Argument(help: "Dice notation, as 8d6[fire] or 2d20kh1+5.")
  var notation: [String]

  @Option(name: .long, help: ArgumentHelp(stringLiteral: DialectArgument.help), transform: DialectArgument.dialect)
  var dialect = DiceDialect.native

  @Option(name: .long, help: "What it is for, as people say it: up to 200 characters.")
  var purpose: String?

  @Option(
    name: .long, help: ArgumentHelp("A value for a name in a formula; may be repeated.", valueName: "name=value"))
  var variable: [VariableArgument] = []

  @Flag(name: .long, help: "Show a sample of what would come. Nothing is kept, and it is never the coming dice.")
  var rehearse = false

  @Option(
    name: .long,
    help: "An idempotency key: asking again with the same one gives the same roll. For one notation only.")
  var key: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard notation.count <= Self.notationsMax else {
      throw ValidationError("\(notation.count) notations were given; at most \(Self.notationsMax) are rolled at once.")
    }
    for notation in notation {
      do { _ = try DiceExpression(parsing: notation, dialect: dialect) } catch {
        throw ValidationError("“\(notation.prefix(80))” cannot be rolled: \(error.message)")
      }
    }
    _ = try variable.document()
    try KeyArgument.validate(key)
    if key != nil, notation.count > 1 || rehearse {
      throw ValidationError("--key names one roll: it goes with one notation, and not with --rehearse.")
    }
  }

  func run(in session: TerminalSession) async throws {
    let calls = try notation.map { OperationCall(operation: "roll_dice", input: try input($0)) }
    try await session.withOperations(of: folder, as: "arbiter roll") { door in
      if rehearse {
        try show(try await door.rehearse(calls), of: calls, in: session)
      } else {
        try await roll(calls, through: door, in: session)
      }
    }
  }

  private func input(_ notation: String) throws -> JSON {
    var input: JSONObject = ["notation": .string(notation)]
    if dialect != .native { input["dialect"] = .string(dialect.rawValue) }
    input["purpose"] = purpose.map(JSON.string)
    if !variable.isEmpty { input["variables"] = try variable.document() }
    return .object(input)
  }

  /// What was rolled, where its formulas have values here as they had there.
  private func dice(_ call: OperationCall) -> PreparedRoll? {
    guard let notation = call.input["notation"]?.text, let context = try? variable.context() else { return nil }
    return try? DiceExpression(parsing: notation, dialect: dialect).bind(to: context)
  }

  private func roll(
    _ calls: [OperationCall], through door: any OperationDoor, in session: TerminalSession
  ) async throws {
    var made: [JSON] = []
    var failure: (any Error)?
    for call in calls {
      let key = try KeyArgument.key(key, in: session)
      do {
        let answer = try await door.perform(call, key: key)
        made.append(try RollText.document(answer))
        if !output.json {
          try session.console.say(try RollText(answer.output, of: dice(call)).lines(answer, session.ink))
        }
      } catch {
        failure = error
        break
      }
    }
    // Rolls that were made stay made: what failed after them must not hide them.
    if output.json, failure == nil || !made.isEmpty { try session.console.say(["rolls": .array(made)]) }
    guard let failure else { return }
    if !made.isEmpty { session.console.note("\(made.count) of \(calls.count) rolls were made before this:") }
    throw failure
  }

  private func show(
    _ rehearsal: RehearsalAnswer, of calls: [OperationCall], in session: TerminalSession
  ) throws {
    if output.json {
      try session.console.say(["sample": true, "results": try JSON(encoding: rehearsal.results)])
    } else {
      for (call, step) in zip(calls, rehearsal.results) where step.status == .executed {
        guard let output = step.output else { continue }
        try session.console.say(try RollText(output, of: dice(call)).sampleLines(session.ink))
      }
    }
    let errors = rehearsal.results.flatMap(\.errors)
    guard errors.isEmpty else { throw TerminalError.failed("It would be refused.", errors: errors) }
  }
}
