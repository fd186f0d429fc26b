import Inference

/// Where a call would go, for people.
enum ExplanationText {
  static func lines(of explanation: ModelExplanation) -> [String] {
    guard !explanation.entries.isEmpty else { return ["“\(explanation.name)” cannot be asked now."] }
    let count = explanation.entries.count
    let way = count == 1 ? "one place" : "\(count) places, in this order"
    return ["“\(explanation.name)” goes to \(way)."]
      + explanation.entries.enumerated().flatMap { lines(of: $1, number: $0 + 1) }
      + [
        "Before the first piece of an answer each is asked again up to \(explanation.retriesMax) times; no attempt begins "
          + "after \(explanation.wholeSeconds) s."
      ] + budgets(explanation.budgets)
  }

  private static func lines(of entry: ModelExplanation.Entry, number: Int) -> [String] {
    let place = entry.connection.map { " over \($0)" } ?? ""
    let address = entry.baseURL.map { " at \($0)" } ?? ", in this program"
    return [
      "\(number). \(entry.model) of \(entry.provider)\(place)\(address)",
      "   price    \(price(entry.price))",
      "   context  \(context(of: entry))",
      "   now      \(entry.underWay) under way, \(entry.waiting) waiting; \(trouble(entry.trouble))",
    ]
  }

  private static func context(of entry: ModelExplanation.Entry) -> String {
    let whole =
      entry.contextTokens.map { "\($0) tokens" } ?? "unknown; \(ChosenModel.contextTokensUnknown) are assumed"
    return whole + (entry.outputTokensMax.map { ", at most \($0) of them an answer" } ?? "")
  }

  private static func price(_ price: ModelPrice?) -> String {
    guard let price else { return "unknown: under a budget it is refused" }
    if price.inputMicros == 0, price.outputMicros == 0 { return "nothing" }
    let cached = price.cachedInputMicros.map { ", \(USDollars($0)) for what the provider had in its cache" } ?? ""
    return "for a million tokens \(USDollars(price.inputMicros)) in, \(USDollars(price.outputMicros)) out\(cached)"
  }

  private static func trouble(_ trouble: UpstreamStanding.Trouble?) -> String {
    guard let trouble else { return "nothing is held against it" }
    guard trouble.failures > 0 else {
      return "rests for \(ReportText.time(trouble.restsMicros ?? 0)), as the provider asked"
    }
    let failures = trouble.failures == 1 ? "one failure" : "\(trouble.failures) failures"
    return trouble.restsMicros.map { "rests for \(ReportText.time($0)) after \(failures)" }
      ?? "watched after \(failures)"
  }

  private static func budgets(_ budgets: [BudgetStanding]) -> [String] {
    guard !budgets.isEmpty else { return ["No budget bounds it."] }
    return ["A call of yours would be held of:"]
      + budgets.map { budget in
        let whose = budget.person == nil ? "the workspace's" : "your"
        let period = budget.period == .total ? "in all" : "a \(budget.period.rawValue)"
        return "   \(whose) \(USDollars(budget.limitMicros)) \(period): \(USDollars(budget.spentMicros)) spent, "
          + "\(USDollars(budget.reservedMicros)) held"
      }
  }
}
