import ArgumentParser
import Operations
import Proposals
import StrictJSON
import Vocabulary

struct PlayCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "play",
    abstract: "Take a turn in a campaign: say what you do, or bring a proposal.",
    discussion: """
      A model proposes operations; Arbiter checks them, rolls the dice, and carries them out all together or not at all. \
      Without --campaign it is the sample, which is brought in the first time. Where no model was chosen the built-in one \
      answers: it follows a published list of intents (docs/guides/built-in-model.md).

      With --seed and --clock the turn is taken on a copy that is thrown away: the same seed, time and words give the same \
      bytes.

      The status is 1 when the turn was not executed and nothing was told.

      Example: arbiter play "I cast fireball at the goblins"
      """)

  @Argument(help: "What you say.")
  var text: String?

  @Option(name: .long, help: "The campaign, by its id.")
  var campaign: String?

  @Option(name: .long, help: "act, think (time stands still) or direct (from outside the story).")
  var mode = "act"

  @Option(name: .long, help: "A file with a proposal to execute instead; - is standard input.")
  var plan: String?

  @Option(name: .long, help: "On a copy: what ids and dice follow from, 2 to 64 hexadecimal digits.")
  var seed: String?

  @Option(name: .long, help: "On a copy: the time, as 2026-01-01T00:00:00Z.")
  var clock: String?

  @Option(name: .long, help: "An idempotency key: asking again with the same one does it at most once.")
  var key: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard text != nil || plan != nil else { throw ValidationError("Say what you do, or name a proposal with --plan.") }
    guard Run.Mode(rawValue: mode) != nil else {
      throw ValidationError("--mode is one of \(Run.Mode.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    guard (seed == nil) == (clock == nil) else { throw ValidationError("--seed and --clock go together.") }
    if let seed, Self.bytes(ofSeed: seed) == nil {
      throw ValidationError("A seed is 2 to 64 hexadecimal digits, an even number of them.")
    }
    if let clock, Timestamp(rfc3339: clock) == nil {
      throw ValidationError("“\(clock)” is no time such as 2026-01-01T00:00:00Z.")
    }
    try KeyArgument.validate(key)
  }

  func run(in session: TerminalSession) async throws {
    let request = TurnDesk.Request(
      mode: Run.Mode(rawValue: mode) ?? .act, text: text ?? "",
      proposal: try plan.map { try InputFile.document($0, in: session) })
    let key = try KeyArgument.key(key, in: session)
    let isShown = !output.json
    let (run, state) = try await withDoor(session) { door in
      let campaign = try await Campaigns(door: door, session: session).named(campaign)
      try await ModelChoice(door: door, console: session.console).demand(for: request)
      let begun = try await door.beginRun(request, on: "campaigns/\(campaign)", key: key)
      let follower = RunFollower(door: door, session: session, isShown: isShown)
      return (try await follower.follow(begun), try await door.stateDigest())
    }
    if output.json { try session.console.say(RunText.document(of: run, state)) }
    guard run.outcome == .executed || run.outcome == .told || run.outcome == .classic else {
      throw TerminalError.failed(
        run.problem ?? "The turn ended: \(run.outcome?.rawValue ?? "without a word").",
        errors: (run.attempts.last?.faults ?? []).map(PlanText.error))
    }
  }

  /// The folder, or a copy of the campaign in one that is thrown away.
  private func withDoor<Result: Sendable>(
    _ session: TerminalSession, _ work: (any OperationDoor) async throws -> Result
  ) async throws -> Result {
    guard let bytes = seed.flatMap(Self.bytes), let time = clock.flatMap({ Timestamp(rfc3339: $0) }) else {
      return try await session.withOperations(of: folder, as: "arbiter play", work)
    }
    let original = try await original(in: session)
    let copy = FolderDoor(try await session.doors.rehearse(bytes, time), operations: try session.doors.operations())
    do {
      if let original {
        _ = try await copy.perform(
          OperationCall(operation: "import_campaign", input: original), key: IdempotencyKeys.of("copy"))
      }
      let result = try await work(copy)
      await copy.close()
      return result
    } catch {
      await copy.close()
      throw error
    }
  }

  /// The campaign that is copied, as it stands; nil for the sample as it comes.
  private func original(in session: TerminalSession) async throws -> JSON? {
    guard let campaign else { return nil }
    return try await session.withOperations(of: folder, as: "arbiter play") { door in
      try await door.perform(
        OperationCall(operation: "show_campaign", input: ["id": .string(campaign)]), key: IdempotencyKeys.of("look")
      ).output["campaign"]
    }
  }

  private static func bytes(ofSeed text: String) -> [UInt8]? {
    guard (2...64).contains(text.utf8.count), text.utf8.count.isMultiple(of: 2) else { return nil }
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.utf8.count else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}

/// Keys of acts that are done once in the life of a door.
enum IdempotencyKeys {
  static func of(_ act: StaticString) -> IdempotencyKey {
    guard let key = IdempotencyKey("arbiter-play-\(act)") else { preconditionFailure("a literal is visible ASCII") }
    return key
  }
}
