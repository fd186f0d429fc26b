import Operations
import Synchronization

/// What callers were told, kept outside the database: by idempotency key, one act each.
final class Ledger: Sendable {
  enum Outcome: Hashable {
    /// Acknowledged: it is there, in this row.
    case done(Performed)
    /// Acknowledged as failed after its dice were drawn: this row keeps the attempt.
    case failed(row: Int64)
    /// Nothing of it is there.
    case absent
    /// Asked for and not answered yet: it may be there, once.
    case open
    /// The commit failed: it may be there, once.
    case unknown

    /// The row that an acknowledged act is in.
    var row: Int64? {
      switch self {
      case .done(let performed): performed.row.number
      case .failed(let row): row
      case .absent, .open, .unknown: nil
      }
    }
  }

  private struct State {
    var outcomes: [String: Outcome] = [:]
    var findings: [String] = []
    var isFrozen = false
    var acknowledged = 0
    var lastRow: Int64 = 2
  }

  private let state = Mutex(State())
  /// The number of acknowledgements in this epoch, each time it grows.
  let counts: AsyncStream<Int>
  private let counting: AsyncStream<Int>.Continuation

  /// - Parameter before: goes on from there, with nothing frozen.
  init(after before: Ledger? = nil) {
    (counts, counting) = AsyncStream.makeStream(of: Int.self, bufferingPolicy: .bufferingNewest(1))
    guard let before else { return }
    let (outcomes, lastRow) = before.state.withLock { ($0.outcomes, $0.lastRow) }
    state.withLock { ($0.outcomes, $0.lastRow) = (outcomes, lastRow) }
  }

  var outcomes: [String: Outcome] { state.withLock { $0.outcomes } }
  var findings: [String] { state.withLock { $0.findings } }
  var lastRow: Int64 { state.withLock { $0.lastRow } }
  /// Whether the process counts as dead: what is heard from now on was not heard.
  var isFrozen: Bool { state.withLock { $0.isFrozen } }

  func freeze() { state.withLock { $0.isFrozen = true } }
  func finishCounting() { counting.finish() }
  func find(_ what: String) { state.withLock { if !$0.isFrozen { $0.findings.append(what) } } }

  /// A call with `key` is about to be made. Returns false when the process is dead.
  func begin(_ key: String) -> Bool {
    state.withLock { state in
      guard !state.isFrozen else { return false }
      switch state.outcomes[key] {
      case nil, .absent: state.outcomes[key] = .open
      case .open, .unknown, .done, .failed: break
      }
      return true
    }
  }

  /// A call with `key` was answered. Once acknowledged, every answer must be the same.
  func answer(_ key: String, _ outcome: Outcome) {
    let acknowledged: Int? = state.withLock { state in
      guard !state.isFrozen else { return nil }
      if let old = state.outcomes[key], old.row != nil {
        if !old.isConfirmed(by: outcome) { state.findings.append("\(key): \(old), then \(outcome)") }
        return nil
      }
      state.outcomes[key] = outcome
      guard let row = outcome.row else { return nil }
      state.lastRow = max(state.lastRow, row)
      state.acknowledged += 1
      return state.acknowledged
    }
    if let acknowledged { counting.yield(acknowledged) }
  }

  /// The engine answered a call with `key` that nothing of *this call* was written, or that it cannot say.
  func noteTrouble(_ key: String, isUnknown: Bool) {
    state.withLock { state in
      guard !state.isFrozen else { return }
      switch state.outcomes[key] {
      case nil, .open, .absent: state.outcomes[key] = isUnknown ? .unknown : .absent
      case .unknown, .done, .failed: break
      }
    }
  }
}

extension Ledger.Outcome {
  fileprivate func isConfirmed(by later: Self) -> Bool {
    switch (self, later) {
    case (.done(let first), .done(let second)):
      first.row == second.row && first.output == second.output && second.isRepeated
    case (.failed(let first), .failed(let second)): first == second
    default: false
    }
  }
}
