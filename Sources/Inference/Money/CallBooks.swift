import Storage
import Synchronization
package import Vocabulary

/// Books attempts for those who make them, and waits for no more than it must.
///
/// An attempt that may cost something is durable, and held of the budgets that apply, before it is made. One that costs
/// nothing is booked beside it: what is to be written waits up to ``delay`` for others, as every attempt's end does, so that
/// many share one commit and a short call is one row written once. Whoever reserves writes what waits first, so that a budget
/// is never looked at before the ends of earlier attempts are in it. ``drain()`` writes what waits. Decision 37.
package final class CallBooks: Sendable {
  /// How long what is written beside a call may wait.
  package static let delay = Duration.milliseconds(20)
  /// How long after a failure it is tried again.
  private static let pause = Duration.seconds(1)
  /// Entries that wait while they cannot be written. Beyond, they are given up, the oldest first.
  private static let waitingMax = 16_384

  private struct State {
    var queues: [WorkspaceID: BookQueue] = [:]
    /// Resumed when no batch is under way.
    var waiters: [WorkspaceID: [CheckedContinuation<Void, Never>]] = [:]
  }

  private let ledger: CallLedger
  private let ids: any IDSource
  private let clock: any Clock<Duration>
  private let state = Mutex(State())
  private let onFailure: @Sendable (any Error) -> Void

  /// - Parameter onFailure: told when something of an attempt could not be written. One that is booked stays held until the
  ///   next start.
  package init(
    ledger: CallLedger, ids: any IDSource, clock: any Clock<Duration> = ContinuousClock(),
    onFailure: @escaping @Sendable (any Error) -> Void = { _ in }
  ) {
    self.ledger = ledger
    self.ids = ids
    self.clock = clock
    self.onFailure = onFailure
  }

  /// The most that an attempt may use.
  package struct Bound: Sendable, Hashable {
    /// What stands for a bound where a request sets none, and is made its bound where a budget applies.
    package static let outputTokensUnset: Int64 = 16_384
    /// What stands for a bound where a request points to content that is elsewhere.
    package static let inputTokensUnknown: Int64 = 1_000_000

    package var inputTokens: Int64
    /// Of one answer; nil where neither the request nor the route bounds it.
    package var outputTokens: Int64?
    /// How many answers are asked for at once.
    package var answers: Int
    package var isStreamed: Bool

    /// - Parameter inputTokens: nil where it cannot be known.
    package init(inputTokens: Int64?, outputTokens: Int64?, answers: Int = 1, isStreamed: Bool) {
      self.inputTokens = inputTokens ?? Self.inputTokensUnknown
      self.outputTokens = outputTokens
      self.answers = max(1, answers)
      self.isStreamed = isStreamed
    }

    /// Of all answers together.
    var outputTokensMax: Int64 {
      let (product, isTooMuch) = (outputTokens ?? Self.outputTokensUnset).multipliedReportingOverflow(
        by: Int64(answers))
      return isTooMuch ? .max : product
    }
  }

  // MARK: Booking

  /// Books an attempt. When it returns the attempt may be made; ``close(_:_:)`` must follow.
  ///
  /// - Parameters:
  ///   - call: the first attempt of the same call; nil when this is it.
  ///   - attempt: from 1.
  /// - Throws: ``InferenceError`` `overBudget`; `StorageError`, also where nothing can be booked because nothing can be written.
  func open(
    _ upstream: Upstream, _ bound: Bound, for context: CallContext, call: ModelCallID?, attempt: Int
  ) async throws -> Reservation {
    do {
      let attempt = self.attempt(upstream, bound, call, attempt)
      guard attempt.price?.isFree == true, ledger.isReady else { return try await reserve(attempt, for: context) }
      let reservation = try Reservation(free: attempt, in: context.workspace)
      add(BookEntry(reservation, booking: context))
      return reservation
    } catch let refusal as BudgetRefusal {
      throw InferenceError(.overBudget, from: upstream.provider.name, "\(refusal)")
    }
  }

  private func attempt(_ upstream: Upstream, _ bound: Bound, _ call: ModelCallID?, _ attempt: Int) -> CallAttempt {
    CallAttempt(
      id: ids.make(), call: call, attempt: attempt, provider: upstream.provider.name,
      connection: upstream.id.connection, model: upstream.model, price: upstream.price,
      inputTokensMax: bound.inputTokens, outputTokensMax: bound.outputTokensMax, isStreamed: bound.isStreamed)
  }

  /// Books an answer that was there from an earlier call, and costs nothing.
  func bookCached(
    _ upstream: Upstream, _ bound: Bound, _ outcome: CallOutcome, for context: CallContext, call: ModelCallID?,
    attempt: Int
  ) {
    let attempt = self.attempt(upstream, bound, call, attempt)
    let reservation = Reservation(workspace: context.workspace, attempt: attempt, micros: 0, holds: [])
    add(BookEntry(reservation, booking: context, outcome: outcome))
  }

  private func reserve(_ attempt: CallAttempt, for context: CallContext) async throws -> Reservation {
    let waiting = take(in: context.workspace)
    do {
      let reservation = try await ledger.reserve(attempt, for: context, writing: waiting)
      wrote(waiting, in: context.workspace)
      return reservation
    } catch let refusal as BudgetRefusal {
      wrote(waiting, in: context.workspace)
      throw refusal
    } catch {
      // They are written by themselves, and what is wrong with them is found then.
      wrote(waiting, leaving: waiting, in: context.workspace)
      throw error
    }
  }

  /// Settles an attempt, also when the caller's task is cancelled.
  func close(_ reservation: Reservation, _ outcome: CallOutcome) { add(BookEntry(reservation, outcome: outcome)) }

  // MARK: Writing what waits

  /// Returns when what waited is written, or could not be.
  package func drain() async {
    for workspace in state.withLock({ Array($0.queues.keys) }) {
      await batchEnded(in: workspace)
      if let failure = await write(in: workspace) { onFailure(failure) }
      // Somebody else may have taken it.
      await batchEnded(in: workspace)
    }
  }

  private func batchEnded(in workspace: WorkspaceID) async {
    await withCheckedContinuation { continuation in
      let isWriting = state.withLock { state in
        let isWriting = state.queues[workspace]?.isWriting ?? false
        if isWriting { state.waiters[workspace, default: []].append(continuation) }
        return isWriting
      }
      if !isWriting { continuation.resume() }
    }
  }

  private func add(_ entry: BookEntry) {
    let workspace = entry.reservation.workspace
    if state.withLock({ $0.queues[workspace, default: BookQueue()].add(entry) }) {
      schedule(workspace, after: Self.delay)
    }
  }

  private func schedule(_ workspace: WorkspaceID, after delay: Duration) {
    Task { [self] in
      try? await clock.sleep(for: delay)
      state.withLock { $0.queues[workspace]?.cameDue() }
      await write(in: workspace)
    }
  }

  private func take(in workspace: WorkspaceID) -> [BookEntry] {
    state.withLock { $0.queues[workspace]?.take() ?? [] }
  }

  /// - Returns: why what waited is to be written again, if it is.
  @discardableResult private func write(in workspace: WorkspaceID) async -> StorageError? {
    let batch = take(in: workspace)
    guard !batch.isEmpty else { return nil }
    do {
      try await ledger.write(batch, in: workspace)
      wrote(batch, in: workspace)
    } catch let error as StorageError where error.isPassing && batch.count < Self.waitingMax {
      wrote(batch, leaving: batch, in: workspace)
      return error
    } catch {
      // One of them is wrong, or all are lost.
      for entry in batch {
        do { try await ledger.write([entry], in: workspace) } catch { onFailure(error) }
      }
      wrote(batch, in: workspace)
    }
    return nil
  }

  private func wrote(_ batch: [BookEntry], leaving left: [BookEntry] = [], in workspace: WorkspaceID) {
    guard !batch.isEmpty else { return }
    let (isDue, waiters) = state.withLock { state in
      let isDue = state.queues[workspace]?.wrote(leaving: left) ?? false
      return (isDue, state.waiters.removeValue(forKey: workspace) ?? [])
    }
    if isDue { schedule(workspace, after: left.isEmpty ? Self.delay : Self.pause) }
    for waiter in waiters { waiter.resume() }
  }
}

extension StorageError {
  /// Whether the same write may do later.
  fileprivate var isPassing: Bool { [.overloaded, .rolledBack, .full, .timedOut].contains(kind) }
}
