import NIOCore

/// What one connection is doing, and until when it may: the pure half of ``ConnectionGuard``. Instants go in, verdicts
/// come out.
struct Intake {
  enum Phase: Equatable {
    /// Between requests.
    case idle(since: NIODeadline)
    /// Bytes of a head have come, not all of it.
    case head(since: NIODeadline)
    /// The head is complete, the body is not.
    case body(since: NIODeadline, bytes: Int)
  }

  enum Verdict: Equatable {
    /// All is well; look again then.
    case wait(until: NIODeadline?)
    /// The request takes too long.
    case timeOut
    case close
  }

  private let limits: WebLimits
  private(set) var phase: Phase
  /// Requests whose head has come and whose answer is not complete.
  private(set) var owed = 0
  private var stalledSince: NIODeadline?

  init(limits: WebLimits, now: NIODeadline) {
    self.limits = limits
    phase = .idle(since: now)
  }

  var isReadingBody: Bool { if case .body = phase { true } else { false } }
  var isIdle: Bool { if case .idle = phase { owed == 0 } else { false } }

  mutating func bytesArrived(at now: NIODeadline) {
    if case .idle = phase { phase = .head(since: now) }
  }

  mutating func headRead(at now: NIODeadline) {
    owed += 1
    phase = .body(since: now, bytes: 0)
  }

  mutating func bodyRead(_ count: Int) {
    guard case .body(let since, let bytes) = phase else { return }
    phase = .body(since: since, bytes: bytes.addingReportingOverflow(count).partialValue)
  }

  mutating func endRead(at now: NIODeadline) { phase = .idle(since: now) }

  mutating func answerEnded(at now: NIODeadline) {
    owed = max(0, owed - 1)
    if case .idle = phase { phase = .idle(since: now) }
  }

  mutating func writability(_ isWritable: Bool, at now: NIODeadline) { stalledSince = isWritable ? nil : now }

  func verdict(at now: NIODeadline) -> Verdict {
    let stalled = stalledSince.map { $0 + TimeAmount(limits.stalledTime) }
    if let stalled, now >= stalled { return .close }
    switch phaseVerdict(at: now) {
    case .wait(let until): return .wait(until: [until, stalled].compactMap { $0 }.min())
    case let verdict: return verdict
    }
  }

  private func phaseVerdict(at now: NIODeadline) -> Verdict {
    switch phase {
    case .idle(let since):
      guard owed == 0 else { return .wait(until: nil) }
      let end = since + TimeAmount(limits.idleTime)
      return now >= end ? .close : .wait(until: end)
    case .head(let since):
      let end = since + TimeAmount(limits.headTime)
      guard now >= end else { return .wait(until: end) }
      return owed == 0 ? .timeOut : .close
    case .body(let since, let bytes):
      let end = since + TimeAmount(limits.bodyTime)
      let grace = since + TimeAmount(limits.bodyGrace)
      guard now >= grace else { return .wait(until: min(grace, end)) }
      let elapsed = Double((now - since).nanoseconds) / 1e9
      let isTooSlow = Double(bytes) < elapsed * Double(limits.bodyBytesPerSecond)
      return now >= end || isTooSlow ? .timeOut : .wait(until: min(now + .seconds(1), end))
    }
  }
}
