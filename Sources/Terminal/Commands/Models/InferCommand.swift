import ArgumentParser
import Inference
import StrictJSON
import Synchronization

struct InferCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer", abstract: "Ask a model one question.",
    discussion: """
      The answer goes to standard output as it comes; what it used and cost goes to standard error. Without words the \
      question is standard input. The call is booked, and held of budgets, as any other. Ctrl-C stops it.

      The status is 1 when there is no whole answer. With --record and --replay a question can be looked at, and answered \
      the same again without a model.

      Example: arbiter infer --model default "Three names for an inn by a mill."
      """)

  @Argument(help: "What to ask; left out or -, standard input.")
  var text: String?

  @Option(name: .long, help: "A name of GET /v1/models. Left out: the model that was chosen.")
  var model: String?

  @Option(name: .long, help: "What the model is told before the question.")
  var rules: String?

  @Option(name: .long, help: ArgumentHelp("How many tokens the answer may have.", valueName: "tokens"))
  var maxTokens: Int?

  @Flag(name: .long, help: "With --json: a line for each event as it comes, instead of one document at the end.")
  var stream = false

  @Option(
    name: .long,
    help: ArgumentHelp("Write down there what was asked and what came, without keys.", valueName: "folder"))
  var record: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Answer from what was written down there, and ask nobody.", valueName: "folder"))
  var replay: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard output.json || !stream else {
      throw ValidationError("--stream goes with --json. Without it the words stream anyway.")
    }
    guard record == nil || replay == nil else { throw ValidationError("Give --record or --replay, not both.") }
    guard record != "", replay != "" else { throw ValidationError("--record and --replay name a folder.") }
    guard maxTokens.map({ (1...1_000_000).contains($0) }) ?? true else {
      throw ValidationError("--max-tokens is a number from 1 to 1000000.")
    }
  }

  func run(in session: TerminalSession) async throws {
    let question = ModelQuestion(
      model: model, text: try words(in: session), rules: rules, outputTokensMax: maxTokens)
    let heard = HeardAnswer()
    let report = try await answer(to: question, in: session) {
      [output, stream, console = session.console] event in
      heard.take(event)
      switch event {
      case .text(let text) where !output.json: try console.say(lines: Array(PlainText.lines(text).utf8))
      default: if stream { try console.say(line: try JSON(encoding: event)) }
      }
    }
    if let record {
      try QuestionRecording(of: question, in: CallFolder(session.surroundings.absolute(record))).write(heard.events)
    }
    if output.json {
      if !stream { try session.console.say(try heard.document(report)) }
    } else {
      if heard.isMidLine { try session.console.say("") }
      session.console.note(ReportText.sentence(of: report, from: heard.target))
    }
    if let failure = report.failure { throw TerminalError.failed(failure.message) }
  }

  private func answer(
    to question: ModelQuestion, in session: TerminalSession,
    _ take: @escaping @Sendable (QuestionEvent) throws -> Void
  ) async throws -> QuestionReport {
    guard let replay else {
      return try await AskedQuestion(question, of: folder, as: "arbiter infer").ask(in: session, take)
    }
    var last: QuestionReport?
    try await QuestionRecording(of: question, in: CallFolder(session.surroundings.absolute(replay))).replay { event in
      if case .report(let report) = event { last = report }
      try take(event)
    }
    guard let last else { throw CancellationError() }
    return last
  }

  private func words(in session: TerminalSession) throws -> String {
    if let text, text != "-" { return text }
    guard let words = String(validating: try session.console.readAll(), as: UTF8.self), !words.isEmpty else {
      throw TerminalError.usage("There is no question: say it, or give it on standard input, in UTF-8.")
    }
    return words
  }
}
