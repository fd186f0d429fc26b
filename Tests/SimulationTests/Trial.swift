import Events
import Operations
import Storage
import TestKit
import Vocabulary

/// Everything that must hold of a workspace after a restart.
struct Trial {
  let arbiter: TestWorkspace
  let ledger: Ledger
  let followers: [Follower]
  /// The journal's end as it was after the restart before.
  let head: (number: Int64, hash: [UInt8])?

  var unknownCount: Int { ledger.outcomes.values.count { $0 == .unknown || $0 == .open } }

  /// What does not hold, and where the journal ends.
  func run() async throws -> (findings: [String], end: (number: Int64, hash: [UInt8])) {
    let verified = try await arbiter.journal.verify(arbiter.workspace, of: arbiter.database, expecting: head)
    let rows = try await journal()
    let rebuilt = try await arbiter.rebuild()
    let findings =
      verified.faults.map { "the chain: \($0)" } + acts(in: rows) + draws(in: rows) + (try await seeds(after: rows))
      + (try await streams())
    let equal = rebuilt.isEqual ? [] : ["the rebuilt state is another: \(rebuilt)"]
    return (findings + equal, (verified.head.number, verified.head.hash))
  }

  private struct Row: Sendable {
    let number: Int64
    let outcome: JournalRow.Outcome
    let content: JournalContent
  }

  private func journal() async throws -> [Row] {
    try await arbiter.database.read("simulation.journal", in: arbiter.workspace) { [journal = arbiter.journal] in
      let workspace = $0.workspace
      return try journal.rows(after: 0, limit: .max, in: $0).map {
        Row(number: $0.number, outcome: $0.outcome, content: try journal.content(of: $0, in: workspace))
      }
    }
  }

  /// Acknowledged acts are there once, in the row and with the answer that was given; refused ones are not there.
  private func acts(in rows: [Row]) -> [String] {
    let byKey = Dictionary(grouping: rows.filter { $0.content.key != nil }) { $0.content.key ?? "" }
    var findings = byKey.keys.filter { ledger.outcomes[$0] == nil }.map { "nobody asked for \($0)" }
    for (key, outcome) in ledger.outcomes.sorted(by: { $0.key < $1.key }) {
      let found = byKey[key] ?? []
      let isRight =
        switch outcome {
        case .done(let performed):
          found.count == 1 && found[0].number == performed.row.number && found[0].outcome == .executed
            && found[0].content.output == performed.output
        case .failed(let row): found.count == 1 && found[0].number == row && found[0].outcome == .failed
        case .absent: found.isEmpty
        case .open, .unknown: found.count <= 1
        }
      if !isRight { findings.append("\(key) is in rows \(found.map(\.number)), and was answered: \(outcome)") }
    }
    return findings
  }

  private struct Place: Hashable {
    let seed: Int64
    let roll: UInt64
  }

  /// No place of a seed's stream is drawn from twice.
  private func draws(in rows: [Row]) -> [String] {
    let draws = rows.compactMap(\.content.choices.draws).filter { $0.stream == DrawRecord.liveStream }
    return Dictionary(grouping: draws) { Place(seed: $0.seed, roll: $0.roll) }.filter { $0.value.count > 1 }
      .map { "roll \($0.key.roll) of seed \($0.key.seed) was drawn \($0.value.count) times" }
  }

  /// The next roll lies past every roll in the journal.
  private func seeds(after rows: [Row]) async throws -> [String] {
    let current = try await arbiter.database.read("simulation.seed", in: arbiter.workspace) {
      try Seeds.current(in: $0)
    }
    guard let current else { return ["the workspace has no seed"] }
    let drawn = rows.compactMap(\.content.choices.draws).filter { $0.seed == current.number }.map(\.roll).max()
    guard let drawn, current.nextRoll <= Int64(clamping: drawn) else { return [] }
    return ["roll \(drawn) of seed \(current.number) is drawn, and the next one is \(current.nextRoll)"]
  }

  /// Numbers run from 1 without a gap, and what each reader saw is the beginning of the uncut stream.
  private func streams() async throws -> [String] {
    var findings: [String] = []
    for topic in Follower.topics {
      let (stored, end) = try await stored(topic)
      if stored.map(\.number) != stored.indices.map({ Int64($0) + 1 }) || stored.count != end {
        findings.append("\(topic) ends at \(end) and is numbered \(stored.map(\.number))")
      }
      for follower in followers {
        let seen = follower.seen[topic] ?? []
        guard !stored.map(\.encoded).starts(with: seen) else { continue }
        findings.append("\(follower.name) saw \(seen.count) events of \(topic) that are not its first of \(end)")
      }
    }
    return findings
  }

  private func stored(_ topic: Topic) async throws -> (events: [Event], end: Int) {
    let end = try await arbiter.database.read("simulation.end", in: arbiter.workspace) { [events = arbiter.events] in
      Int(clamping: try events.cursor(of: [topic], in: $0)[topic])
    }
    var events: [Event] = []
    guard end > 0 else { return (events, end) }
    for try await element in arbiter.events.follow(EventCursor([topic: 0]), in: arbiter.workspace) {
      guard case .events(let page, _) = element else { break }
      events += page
      if events.count >= end { break }
    }
    return (events, end)
  }
}
