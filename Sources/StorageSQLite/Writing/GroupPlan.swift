/// Decides how a group of bodies becomes one transaction: what happened goes in, what to do next comes out.
///
/// Each body runs in a savepoint; one alone needs none. What a body's failure costs depends on what SQLite did about it:
///
/// | met in a body | transaction after it | costs |
/// |---|---|---|
/// | an error of its own, a constraint | open | that body |
/// | its time limit, while reading | open | that body |
/// | its time limit, while writing | gone | that body; the others run again |
/// | anything else that ended the transaction | gone | that body; the others run again |
/// | no room, no memory, the disk, damage | either | the group, also when the body swallowed the error |
///
/// | met at `COMMIT` | costs the group |
/// |---|---|
/// | no room | `full`: the frame that commits is written last, so it was not written whole |
/// | a constraint or another connection, transaction still open | `rolledBack` |
/// | anything else | `outcomeUnknown`: frames may lie in the log and come back after a crash |
struct GroupPlan {
  /// What to do next.
  enum Step: Equatable {
    case begin
    /// Run a body, in a savepoint unless it is alone; then report `ran`.
    case run(Int)
    /// Keep or take back what the last body wrote; then report `settled`.
    case keepBody, undoBody
    case commit
    /// Leave no transaction open; then report `rolledBack`.
    case rollback
    case end
  }

  /// How it ended for one body.
  enum Verdict: Equatable {
    /// Its rows are on the disk.
    case kept
    /// Its own error; nothing of it is left.
    case failed
    case timedOut
    case lost(Loss)
    /// Its turn did not come within the group's time: it belongs at the front of the next group.
    case postponed
  }

  /// Why a whole group was lost.
  enum Loss: Equatable {
    /// Rolled back because of this; nothing was written.
    case rolledBack(Fault)
    /// Rolled back so that an interrupted neighbour could be left out, too many times.
    case interruptedTooOften
    /// `COMMIT` failed with this.
    case outcomeUnknown(Fault)
  }

  /// How a body ended.
  struct BodyEnd: Equatable {
    /// It returned a value.
    var succeeded: Bool
    /// The fault that costs the group, if its statements met one, swallowed or not.
    var gravest: Fault?
    var ranOverTime = false
    /// Whether SQLite still has the transaction.
    var isTransactionOpen = true
  }

  private var answers: [Verdict?]
  /// Bodies that ended a transaction of this group; their verdicts stand whatever happens to the others.
  private var offenders: Set<Int> = []
  private let groupTime: Duration
  private var roundsLeft: Int
  private var current = -1
  private var afterRollback = Step.end
  /// The fault that the group was lost to.
  private(set) var loss: Loss?

  /// - Parameters:
  ///   - count: bodies in the group; at least 1.
  ///   - groupTime: after this much time since `BEGIN` no further body is begun.
  ///   - rounds: how often the transaction may be begun.
  init(count: Int, groupTime: Duration, rounds: Int) {
    answers = Array(repeating: nil, count: count)
    self.groupTime = groupTime
    roundsLeft = rounds
  }

  var isAlone: Bool { answers.count == 1 }

  /// One for each body, once the step is `end`.
  var verdicts: [Verdict] { answers.map { $0 ?? .postponed } }

  mutating func start() -> Step { answers.isEmpty ? .end : .begin }

  /// `BEGIN` returned.
  mutating func began(_ fault: Fault?) -> Step {
    if let fault { return lose(.rolledBack(fault)) }
    current = -1
    return runNext(elapsed: nil)
  }

  /// The body of the last step ended.
  mutating func ran(_ end: BodyEnd) -> Step {
    if let fault = end.gravest { return lose(.rolledBack(fault)) }
    answers[current] = verdict(on: end)
    guard end.isTransactionOpen else {
      offenders.insert(current)
      return beginAgain()
    }
    if answers[current] == .kept { return isAlone ? .commit : .keepBody }
    return isAlone ? rollBack(then: .end) : .undoBody
  }

  /// The last body's savepoint was kept or taken back, `elapsed` after `BEGIN`.
  mutating func settled(_ fault: Fault?, elapsed: Duration) -> Step {
    if let fault { return lose(.rolledBack(fault)) }
    return runNext(elapsed: elapsed)
  }

  /// The transaction is gone, as asked for.
  mutating func rolledBack() -> Step { afterRollback }

  /// `COMMIT` returned.
  ///
  /// - Parameter commitFrameIsLast: see ``Connection/writesCommitFrameLast``.
  mutating func committed(_ fault: Fault?, isTransactionOpen: Bool, commitFrameIsLast: Bool) -> Step {
    guard let fault else { return .end }
    switch fault {
    case .full: return lose(commitFrameIsLast ? .rolledBack(fault) : .outcomeUnknown(fault))
    case .constraint, .busy: return lose(isTransactionOpen ? .rolledBack(fault) : .outcomeUnknown(fault))
    case .statement, .interrupted, .memory, .disk, .damaged, .access:
      return lose(.outcomeUnknown(fault))
    }
  }

  private func verdict(on end: BodyEnd) -> Verdict {
    if end.ranOverTime { return .timedOut }
    guard end.succeeded else { return .failed }
    return end.isTransactionOpen ? .kept : .lost(.rolledBack(.statement))
  }

  /// - Parameter elapsed: since `BEGIN`; nil right after it, when a body is run however little time there is.
  private mutating func runNext(elapsed: Duration?) -> Step {
    repeat { current += 1 } while offenders.contains(current)
    if let elapsed, elapsed >= groupTime { return .commit }
    return current < answers.count ? .run(current) : .commit
  }

  /// The others run again from the start, also those that failed by themselves: what they read may have been written by
  /// one that is left out now.
  private mutating func beginAgain() -> Step {
    guard offenders.count < answers.count else { return rollBack(then: .end) }
    for index in answers.indices where !offenders.contains(index) { answers[index] = nil }
    roundsLeft -= 1
    return roundsLeft > 0 ? rollBack(then: .begin) : lose(.interruptedTooOften)
  }

  private mutating func lose(_ loss: Loss) -> Step {
    self.loss = loss
    for index in answers.indices where !offenders.contains(index) { answers[index] = .lost(loss) }
    return rollBack(then: .end)
  }

  private mutating func rollBack(then next: Step) -> Step {
    afterRollback = next
    return .rollback
  }
}
