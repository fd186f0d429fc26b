import Synchronization
package import Vocabulary

/// How many calls a provider gets.
package struct UpstreamLimits: Sendable, Hashable {
  /// At a time.
  package var concurrent = 128
  /// In any minute, spread over it in so far as no more than ``burst`` come at once; nil: any number.
  package var perMinute: Int?
  /// How many of a minute's calls may come at once.
  package var burst = 10
  /// Who comes when so many wait already is sent away.
  package var waitingMax = 512
  /// How long one waits.
  package var longestWait = Duration.seconds(30)

  package init() {}
}

/// Lets calls to one provider, as many as its limits say; the others wait, and callers are let in by turns.
final class UpstreamGate: Sendable {
  private typealias Waiter = CheckedContinuation<Bool, Never>

  private struct State {
    var inside = 0
    var waiting = FairQueue<CallerID, Waiter>()
    var ticket: UInt64 = 0
    /// When the bucket of a minute's calls is full again, at the pace of ``UpstreamLimits/perMinute``.
    var isFullAt: Duration = .zero
    var isTimed = false
  }

  private let limits: UpstreamLimits
  private let provider: String
  private let watch: Stopwatch
  private let state = Mutex(State())

  init(provider: String, limits: UpstreamLimits, watch: Stopwatch) {
    self.provider = provider
    self.limits = limits
    self.watch = watch
  }

  /// How many are inside, and how many wait.
  var load: (inside: Int, waiting: Int) { state.withLock { ($0.inside, $0.waiting.count) } }

  /// Returns when the caller may go on; ``leave()`` must follow.
  ///
  /// - Throws: `overloaded` when too many wait already or the wait was too long; `CancellationError`.
  func enter(as caller: CallerID) async throws {
    let ticket = state.withLock { state -> UInt64? in
      if state.waiting.isEmpty, admits(&state) { return nil }
      state.ticket += 1
      return state.ticket
    }
    guard let ticket else { return }
    let timer = Task {
      try await watch.sleep(limits.longestWait)
      dismiss(ticket, of: caller)
    }
    defer { timer.cancel() }
    let isIn = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in queue(continuation, ticket, caller) }
    } onCancel: {
      dismiss(ticket, of: caller)
    }
    guard isIn else {
      try Task.checkCancellation()
      throw InferenceError(
        .overloaded, from: provider,
        "\(provider) has \(limits.concurrent) calls of this server under way or as many a minute as it may get, and this "
          + "one waited its time. Ask again later.", retryAfter: .seconds(5))
    }
    // Let in and gone at the same moment.
    if Task.isCancelled {
      leave()
      throw CancellationError()
    }
  }

  func leave() {
    state.withLock { $0.inside -= 1 }
    letIn()
  }

  private func queue(_ continuation: Waiter, _ ticket: UInt64, _ caller: CallerID) {
    let isQueued = state.withLock { state in
      guard !Task.isCancelled, state.waiting.count < limits.waitingMax else { return false }
      state.waiting.append(continuation, ticket: ticket, for: caller)
      return true
    }
    if isQueued { letIn() } else { continuation.resume(returning: false) }
  }

  private func dismiss(_ ticket: UInt64, of caller: CallerID) {
    state.withLock { $0.waiting.remove(ticket, of: caller) }?.resume(returning: false)
  }

  /// Lets in as many as may; when only the pace forbids the next, comes back when it does not.
  private func letIn() {
    let (admitted, pause) = state.withLock { state -> ([Waiter], Duration?) in
      var admitted: [Waiter] = []
      while !state.waiting.isEmpty, admits(&state) {
        guard let waiter = state.waiting.popFirst() else { break }
        admitted.append(waiter)
      }
      guard !state.waiting.isEmpty, state.inside < limits.concurrent, !state.isTimed else { return (admitted, nil) }
      state.isTimed = true
      return (admitted, interval)
    }
    for waiter in admitted { waiter.resume(returning: true) }
    guard let pause else { return }
    Task {
      try? await watch.sleep(pause)
      state.withLock { $0.isTimed = false }
      letIn()
    }
  }

  /// The time between two calls at the pace of the limits.
  private var interval: Duration { limits.perMinute.map { .seconds(60) / max($0, 1) } ?? .zero }

  /// Counts a call in, if there is a place for it and the pace allows it (the generic cell rate algorithm).
  private func admits(_ state: inout State) -> Bool {
    guard state.inside < limits.concurrent else { return false }
    if limits.perMinute != nil {
      let now = watch.elapsed()
      let next = max(state.isFullAt, now) + interval
      guard next - now <= interval * max(limits.burst, 1) else { return false }
      state.isFullAt = next
    }
    state.inside += 1
    return true
  }
}

/// Whose turn it is at a gate: a person, a key, or the program itself.
package enum CallerID: Sendable, Hashable {
  case person(PersonID)
  case key(GatewayKeyID)
  case program
}
