import Synchronization
package import Vocabulary

/// Books attempts for those who make them: waits for what must be durable before an upstream is asked, and for nothing else.
///
/// That an attempt is settled is not waited for, so that no reader waits for a disk; until it is, what was reserved for it
/// stays held. ``drain()`` waits for what is under way. What a crash leaves unsettled is settled at the next start.
package final class CallBooks: Sendable {
  private let ledger: CallLedger
  private let ids: any IDSource
  private let settling = Mutex<(number: UInt64, tasks: [UInt64: Task<Void, Never>])>((0, [:]))
  private let onFailure: @Sendable (any Error) -> Void

  /// - Parameter onFailure: told when an attempt could not be settled; it stays held until the next start.
  package init(ledger: CallLedger, ids: any IDSource, onFailure: @escaping @Sendable (any Error) -> Void = { _ in }) {
    self.ledger = ledger
    self.ids = ids
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

  /// Books an attempt; durable when it returns.
  ///
  /// - Parameters:
  ///   - call: the first attempt of the same call; nil when this is it.
  ///   - attempt: from 1.
  /// - Throws: ``InferenceError`` `overBudget`; `StorageError`.
  func open(
    _ upstream: Upstream, _ bound: Bound, for context: CallContext, call: ModelCallID?, attempt: Int
  ) async throws -> Reservation {
    do {
      return try await ledger.reserve(self.attempt(upstream, bound, call, attempt), for: context)
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

  /// Books an answer that was there from an earlier call. It costs nothing, and is not waited for.
  func bookCached(
    _ upstream: Upstream, _ bound: Bound, _ outcome: CallOutcome, for context: CallContext, call: ModelCallID?,
    attempt: Int
  ) {
    let attempt = self.attempt(upstream, bound, call, attempt)
    inBackground { try await $0.book(attempt, outcome, for: context) }
  }

  /// Settles an attempt, also when the caller's task is cancelled.
  func close(_ reservation: Reservation, _ outcome: CallOutcome) {
    inBackground { try await $0.settle(reservation, outcome) }
  }

  private func inBackground(_ body: @escaping @Sendable (CallLedger) async throws -> Void) {
    settling.withLock { settling in
      let number = settling.number
      settling.number += 1
      settling.tasks[number] = Task { [self] in
        do { try await body(ledger) } catch { onFailure(error) }
        self.settling.withLock { $0.tasks[number] = nil }
      }
    }
  }

  /// Returns when what was to be settled is.
  package func drain() async {
    for task in settling.withLock({ Array($0.tasks.values) }) { await task.value }
  }
}
