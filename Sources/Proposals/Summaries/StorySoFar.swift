/// What was said and told before a turn, newest first: the turns that a model is told whole, and a summary of those before
/// them. A turn that was undone did not happen.
struct StorySoFar: Sendable, Hashable {
  /// One turn, as it is told to a model.
  struct Turn: Sendable, Hashable {
    let number: Int64
    let text: String
  }

  /// Turns that are looked at.
  static let turnsMax = 30

  let summary: StorySummary?
  let turns: [Turn]
  /// Whether older turns are neither in the summary nor looked at.
  let isCut: Bool

  /// - Parameter runs: those after the summary, newest first, at most ``turnsMax``.
  init(_ runs: [Run], after summary: StorySummary?) {
    self.summary = summary
    turns = runs.compactMap { run in
      guard run.undoneAt == nil, let told = run.narrative?.text ?? run.say else { return nil }
      return Turn(number: run.number, text: run.text.isEmpty ? told : "\(run.by): \(run.text)\n\(told)")
    }
    isCut = runs.count >= Self.turnsMax && (runs.last?.number ?? 1) > (summary?.through ?? 0) + 1
  }

  /// Whether it is told from its beginning.
  var isWhole: Bool { summary == nil && !isCut }

  /// The turns that a new summary takes in, the oldest first: all but the newest, of which as many stay whole as have room
  /// twice, so that the next turns find room beside them.
  ///
  /// - Parameter room: tokens that a prompt had for the story.
  func toSummarize(in room: Int) -> [Turn] {
    guard room >= StorySummary.roomMin else { return [] }
    var left = (room - StorySummary.tokensMax) / 2
    let kept = turns.prefix(Self.turnsMax / 2).prefix { turn in
      left -= ContextBudget.tokens(of: turn.text)
      return left >= 0
    }
    return turns.dropFirst(kept.count).reversed()
  }
}
