/// What a summary is made of.
struct SummaryWork: Sendable, Hashable {
  let subject: String
  /// The summary that it takes the place of.
  let before: StorySummary?
  /// How the story began; nil where something stands between that and the first turn.
  let opening: String?
  /// The turns that it takes in, the oldest first; not empty.
  let turns: [StorySoFar.Turn]

  /// The number of the last turn in it.
  var through: Int64 { turns.last?.number ?? 0 }

  /// The same with the oldest of its turns alone.
  func limited(to count: Int) -> SummaryWork {
    SummaryWork(subject: subject, before: before, opening: opening, turns: Array(turns.prefix(count)))
  }
}
