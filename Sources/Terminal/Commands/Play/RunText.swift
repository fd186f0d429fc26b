import Operations
import Proposals
import StrictJSON

/// A turn as people and programs read it.
enum RunText {
  /// What was shown already.
  struct Shown {
    var stage: Run.Stage?
    var attempts = 0
    var hasOperations = false
    var told = ""
  }

  /// The lines that are new.
  static func news(of run: Run, _ shown: inout Shown) -> [String] {
    var lines: [String] = []
    for attempt in run.attempts.dropFirst(shown.attempts) where !attempt.faults.isEmpty {
      lines += ["The proposal cannot be used:"] + attempt.faults.map { "  \(PlainText.line("\($0)"))" }
    }
    shown.attempts = run.attempts.lastIndex { $0.faults.isEmpty } ?? run.attempts.count
    if !shown.hasOperations, !run.operations.isEmpty {
      shown.hasOperations = true
      lines += run.operations.map(line)
    }
    // Whole lines of the telling as they come, the rest at the end.
    let story = run.narrative?.text ?? run.draft ?? ""
    let telling = run.isEnded ? story : wholeLines(of: story)
    if telling.count > shown.told.count, telling.hasPrefix(shown.told) {
      let more = telling.dropFirst(shown.told.count)
      if shown.told.isEmpty { lines.append("") }
      lines.append(PlainText.lines(String(more)).trimmed)
      shown.told = telling
    }
    if run.isEnded { lines += ending(of: run) }
    return lines
  }

  private static func ending(of run: Run) -> [String] {
    var lines: [String] = []
    if let say = run.say, run.outcome == .told { lines.append(PlainText.lines(say)) }
    let choices = run.narrative?.choices ?? []
    if !choices.isEmpty { lines += [""] + choices.map { "  - \(PlainText.line($0))" } }
    if let examples = run.examples, run.outcome == .told {
      lines += ["You could say:"] + examples.map { "  \(PlainText.line($0))" }
    }
    switch run.narrative?.by {
    case .builtIn: lines.append("[built-in]")
    case .results: lines.append("[told from the results]")
    default: break
    }
    if run.outcome == .classic { lines.append("[nothing was changed]") }
    return lines
  }

  private static func line(_ step: ProposalRecord.Step) -> String {
    let row = step.journal.map { " (row \($0.number))" } ?? ""
    let text = step.display?.line ?? step.operation
    return step.status == .executed
      ? "  \(PlainText.line(text))\(row)" : "  \(step.status.rawValue): \(PlainText.line(text))"
  }

  private static func wholeLines(of text: String) -> String {
    guard let end = text.lastIndex(of: "\n") else { return "" }
    return String(text[...end])
  }

  /// The document of `--json`.
  static func document(of run: Run, _ state: StateDigest) throws -> JSON {
    [
      "run": .string("\(run.id)"), "mode": .string(run.mode.rawValue),
      "outcome": run.outcome.map { .string($0.rawValue) } ?? .null,
      "proposal": try run.proposal.map { try JSON(encoding: $0) } ?? .null,
      "errors": try JSON(encoding: run.attempts.flatMap(\.faults) + run.operations.flatMap(\.errors)),
      "operations": try JSON(encoding: run.operations),
      "narrative": try run.narrative.map { try JSON(encoding: $0) } ?? .null,
      "say": run.say.map { .string($0) } ?? .null, "problem": run.problem.map { .string($0) } ?? .null,
      "stateHash": .string(state.stateHash), "journal": .integer(state.journal),
    ]
  }
}

extension String {
  fileprivate var trimmed: String {
    var rest = self[...]
    while rest.last?.isNewline == true { rest.removeLast() }
    return String(rest)
  }
}
