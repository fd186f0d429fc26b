import Inference

extension PromptComposer {
  /// Makes the request for a summary, of as many of the turns as have room, the oldest first.
  ///
  /// - Returns: nil where the model has room for none.
  func request(
    toSummarize work: SummaryWork, _ model: ChosenModel
  ) -> (work: SummaryWork, request: ModelRequest)? {
    let answer = min(2 * StorySummary.tokensMax, max(64, model.contextTokens / 3), model.outputTokensMax ?? .max)
    let ask = ModelMessage(.user, "Write the summary.")
    let prompt = library.summary
    var values = PromptValues()
    let fixed = ContextBudget.tokens(of: prompt.render(values) + ask.text)
    var budget = ContextBudget(tokens: model.contextTokens - answer - fixed)
    if let before = work.before {
      budget.add(TurnBrief.Section("the story up to turn \(before.through), summed up before", before.text))
    }
    if let opening = work.opening { budget.add(TurnBrief.Section("how it began", opening)) }
    guard budget.leftOut.isEmpty else { return nil }
    let count = budget.add(turns: work.turns.map(\.text), titled: "the turns since")
    guard count > 0 else { return nil }
    values.sections = budget.sections
    return (
      work.limited(to: count),
      ModelRequest(
        model: model.model, messages: [ModelMessage(.system, prompt.render(values)), ask], outputTokensMax: answer,
        temperature: 0.3)
    )
  }
}
