import ArgumentParser
import Inference
import StrictJSON

struct TestModelCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Ask a model one small question, and say how it went.",
    discussion: """
      A real call, over the same way as every other: it is booked, and may cost something. The status is 1 when there is no \
      whole answer; the provider's words say why.

      Example: arbiter models test
      """)

  private static let question = "Answer with the one word: ready"
  /// Room for a model that thinks before it answers.
  private static let outputTokensMax = 512

  @Argument(help: "A name of GET /v1/models. Left out: the model that was chosen.")
  var name: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let question = ModelQuestion(model: name, text: Self.question, outputTokensMax: Self.outputTokensMax)
    let heard = HeardAnswer()
    let report = try await AskedQuestion(question, of: folder, as: "arbiter models test").ask(in: session) {
      heard.take($0)
    }
    if output.json {
      try session.console.say(try heard.document(report))
    } else {
      for line in Self.lines(of: report, heard) { try session.console.say(PlainText.line(line)) }
    }
    if let failure = report.failure { throw TerminalError.failed(failure.message) }
  }

  private static func lines(of report: QuestionReport, _ heard: HeardAnswer) -> [String] {
    let model = report.model.map { $0 == heard.target?.model ? "" : ", which answers as \($0)" } ?? ""
    return [
      "Asked        \(heard.target.map { "\($0.model) of \($0.provider)" } ?? "nobody")\(model): “\(question)”",
      "Answer       \(heard.text.isEmpty ? "none" : "“\(heard.text.prefix(200))”")",
      "First piece  \(report.firstPieceMicros.map { "after \(ReportText.time($0))" } ?? "never came")",
      "Whole        after \(ReportText.time(report.durationMicros))",
      "Tokens       \(ReportText.tokens(report.usage))",
      "Cost         \(ReportText.cost(report.costMicros))",
    ]
  }
}
