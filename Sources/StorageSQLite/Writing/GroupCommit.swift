import Storage
import Vocabulary

/// Carries a ``GroupPlan`` out on the writer's connection.
struct GroupCommit {
  let connection: Connection
  let clock: any WallClock
  let options: SQLiteOptions

  /// How a group ended. On return its rows are durable, or gone, and nobody has been answered.
  struct Result {
    /// Answers each body that was not postponed; to be called in order.
    var answers: [@Sendable () -> Void] = []
    /// What bodies wanted done after the commit, in their order. Empty when nothing was committed.
    var actions: [@Sendable () -> Void] = []
    var postponed: [QueuedBody] = []
    var failedBodies = 0
    /// Names of bodies that ran over their time.
    var overdue: [StaticString] = []
    var isCommitted = false
    /// What the group was lost to.
    var failure: SQLiteFailure?
  }

  /// What a body left behind.
  private struct Leaving {
    var answer: (@Sendable () -> Void)?
    var actions: [@Sendable () -> Void] = []
    var error: (any Error)?
  }

  func commit(_ bodies: [QueuedBody]) -> Result {
    var plan = GroupPlan(count: bodies.count, groupTime: options.groupTime, rounds: options.groupRounds)
    var leavings = Array(repeating: Leaving(), count: bodies.count)
    var failure: SQLiteFailure?
    var begin = SuspendingClock.Instant.now
    var isCommitted = false
    connection.forgetFaults()

    func control(_ control: TransactionControl) -> Fault? {
      do {
        try connection.run(control)
        return nil
      } catch {
        failure = failure ?? error
        return error.fault
      }
    }

    var step = plan.start()
    while step != .end {
      switch step {
      case .begin:
        begin = .now
        step = plan.began(control(.begin))
      case .run(let index):
        if !plan.isAlone, let fault = control(.markBody) {
          step = plan.settled(fault, elapsed: .zero)
        } else {
          let end = run(bodies[index], into: &leavings[index])
          failure = failure ?? connection.gravest
          step = plan.ran(end)
        }
      case .keepBody:
        step = plan.settled(control(.keepBody), elapsed: begin.duration(to: .now))
      case .undoBody:
        step = plan.settled(control(.undoBody) ?? control(.keepBody), elapsed: begin.duration(to: .now))
      case .commit:
        let fault = control(.commit)
        isCommitted = fault == nil
        step = plan.committed(
          fault, isTransactionOpen: connection.isInTransaction, commitFrameIsLast: connection.writesCommitFrameLast)
      case .rollback:
        connection.abandon()
        step = plan.rolledBack()
      case .end: break
      }
    }
    return result(of: bodies, leavings, plan, failure, isCommitted: isCommitted)
  }

  private func run(_ body: QueuedBody, into leaving: inout Leaving) -> GroupPlan.BodyEnd {
    let transaction = SQLiteTransaction(in: body.workspace, at: clock.now(), on: connection)
    leaving = Leaving()
    connection.timeLimit.start(options.writeLimit)
    do {
      leaving.answer = try body.run(transaction)
      leaving.error = transaction.failure
    } catch {
      leaving.error = error
    }
    transaction.end()
    connection.timeLimit.stop()
    leaving.actions = transaction.actions
    return GroupPlan.BodyEnd(
      succeeded: leaving.error == nil, gravest: connection.gravest?.fault,
      ranOverTime: connection.timeLimit.wasExceeded, isTransactionOpen: connection.isInTransaction)
  }

  private func result(
    of bodies: [QueuedBody], _ leavings: [Leaving], _ plan: GroupPlan, _ failure: SQLiteFailure?, isCommitted: Bool
  ) -> Result {
    var result = Result(isCommitted: isCommitted, failure: plan.loss == nil ? nil : failure)
    for ((body, leaving), verdict) in zip(zip(bodies, leavings), plan.verdicts) {
      func refuse(_ error: any Error) {
        result.failedBodies += 1
        result.answers.append { body.fail(error) }
      }
      switch verdict {
      case .kept:
        result.actions += leaving.actions
        if let answer = leaving.answer { result.answers.append(answer) }
      case .failed: refuse(leaving.error ?? StorageError.transactionIsGone)
      case .timedOut:
        result.overdue.append(body.label)
        refuse(StorageError.timedOut(body.label, after: options.writeLimit))
      case .lost(let loss): refuse(StorageError(loss, failure: failure))
      case .postponed: result.postponed.append(body)
      }
    }
    return result
  }
}
