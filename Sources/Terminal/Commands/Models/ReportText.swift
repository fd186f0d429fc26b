import Inference

/// How a question ended, for people. What is not known is said to be.
enum ReportText {
  /// “small of OpenAI: 12 tokens in, 34 out; cost $0.00012; first piece after 210 ms, whole after 1.4 s.”
  static func sentence(of report: QuestionReport, from target: QuestionTarget?) -> String {
    let model = report.model ?? target?.model ?? "The model"
    let provider = target.map { " of \($0.provider)" } ?? ""
    let first = report.firstPieceMicros.map { "first piece after \(time($0))" } ?? "no piece came"
    let end = report.failure == nil ? "whole" : "ended"
    return PlainText.line(
      "\(model)\(provider): \(tokens(report.usage)); cost \(cost(report.costMicros)); \(first), \(end) after "
        + "\(time(report.durationMicros)).")
  }

  static func tokens(_ usage: TokenUsage?) -> String { "\(count(usage?.input)) in, \(count(usage?.output)) out" }

  static func cost(_ micros: Int64?) -> String { micros.map { "\(USDollars($0))" } ?? "unknown" }

  /// “340 ms”, “2.4 s”, “1 min 5 s”.
  static func time(_ micros: Int64) -> String {
    switch micros {
    case ..<1_000_000: "\(micros / 1_000) ms"
    case ..<60_000_000: "\(micros / 1_000_000).\(micros % 1_000_000 / 100_000) s"
    default: "\(micros / 60_000_000) min \(micros % 60_000_000 / 1_000_000) s"
    }
  }

  private static func count(_ tokens: Int64?) -> String { tokens.map { "\($0) tokens" } ?? "unknown tokens" }
}
