import Operations
import Proposals
import Vocabulary

/// What must hold of a proposal that was executed, or tried: all of it is there, or nothing.
struct ProposalJudgement {
  let findings: [String]

  /// - Parameter rows: what the journal got from it.
  init(
    _ record: ProposalRecord, _ rows: [ProposalWorld.Row], _ before: ProposalWorld.Moment, _ after: ProposalWorld.Moment
  ) {
    var findings: [String] = []
    func demand(_ holds: Bool, _ finding: @autoclosure () -> String) { if !holds { findings.append(finding()) } }

    demand(after.proposals == before.proposals + 1, "\(after.proposals - before.proposals) records of it were kept")
    demand(rows.allSatisfy { $0.content.proposal == record.id.raw }, "a row does not name it")
    demand(rows.map(\.row.number) == Array((before.row + 1)..<(after.row + 1)), "rows are missing")
    let rolls = rows.compactMap(\.content.choices.draws).map { Int64(clamping: $0.roll) }
    demand(
      rolls == Array(before.nextRoll..<after.nextRoll),
      "it drew \(rolls), the counter went \(before.nextRoll) to "
        + "\(after.nextRoll)")
    let statuses = record.operations.map(\.status)
    let standing = rows.filter { $0.row.outcome == .executed }
    let failed = rows.filter { $0.row.outcome == .failed }
    demand(failed.allSatisfy { $0.content.changes.isEmpty }, "a failed row changed something")
    switch record.outcome {
    case .executed:
      let executed = record.operations.filter { $0.status == .executed }
      demand(executed.map { $0.journal?.number } == standing.map(\.row.number), "its rows are not its operations'")
      demand(executed.map(\.operation) == standing.map(\.row.operation), "its rows are of other operations")
      demand(executed.map(\.output) == standing.map(\.content.output), "its rows have other outputs")
      demand(statuses.allSatisfy { [.executed, .skipped, .refused].contains($0) }, "it stands with \(statuses)")
      demand(failed.count <= statuses.count { $0 == .refused }, "more failed than were refused")
      demand(record.abortedAt == nil && record.failure == nil, "it stands and was aborted")
    case .failed:
      demand(standing.isEmpty, "\(standing.count) of \(statuses.count) operations were left standing")
      demand(!failed.isEmpty, "it failed without a die on the table, which its rehearsal would have seen")
      demand(after.isEqualButForDraws(before), "it failed and changed something")
      demand(!statuses.contains(.executed), "it failed with \(statuses)")
      demand(record.abortedAt.map { statuses.indices.contains($0) && statuses[$0] == .refused } == true, "no abort")
    }
    self.findings = findings
  }
}
