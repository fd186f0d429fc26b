/// How the proposals of a simulation ended.
struct ProposalTally: Sendable {
  /// In the order of how far they came.
  enum Ending: String, CaseIterable, Sendable {
    case unreadable, refused
    /// Refused at the execution, where the dice of its rehearsal were against it.
    case unlucky
    case failed = "execution_failed"
    case executed
  }

  struct Kind: Hashable, Sendable {
    let intention: DraftProposal.Intention
    let ending: Ending
  }

  private(set) var endings: [Kind: Int] = [:]
  private(set) var codes: [String: Int] = [:]
  var rows: Int64 = 0
  var rebuilt = 0
  var findings: [String] = []

  var count: Int { endings.values.reduce(0, +) }

  /// Those that a check found nothing against, of all.
  var executableShare: Double {
    let executable = Ending.allCases.filter { $0 != .unreadable && $0 != .refused }.reduce(0) { $0 + self[$1] }
    return Double(executable) / Double(max(1, count))
  }

  subscript(ending: Ending) -> Int {
    endings.filter { $0.key.ending == ending }.values.reduce(0, +)
  }

  mutating func note(_ intention: DraftProposal.Intention, _ ending: Ending) {
    endings[Kind(intention: intention, ending: ending), default: 0] += 1
  }

  /// Counts each kind of fault once a proposal.
  mutating func note(faults: [String]) {
    for code in Set(faults) { codes[code, default: 0] += 1 }
  }

  mutating func add(_ other: ProposalTally) {
    endings.merge(other.endings, uniquingKeysWith: +)
    codes.merge(other.codes, uniquingKeysWith: +)
    rows += other.rows
    rebuilt += other.rebuilt
    findings += other.findings
  }

  /// A table, a line each.
  var lines: [String] {
    let table = DraftProposal.Intention.allCases.map { intention in
      let counts = Ending.allCases.map { ending in
        "\(ending.rawValue) \(endings[Kind(intention: intention, ending: ending)] ?? 0)"
      }
      return "\(intention.rawValue): \(counts.joined(separator: ", "))"
    }
    let named = codes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
    return table + ["proposals with a fault: \(named.joined(separator: ", "))"]
  }
}
