/// Whether to knock at a server that did not answer: decided without touching the network.
///
/// While the server is believed well, every slot connects as it needs to. After a failure one attempt at a time is made,
/// each later than the one before; whoever comes between is refused at once instead of waiting for what will not come.
struct Reconnection {
  enum Verdict: Hashable {
    case goOn
    /// Not now; the reason of the last failure.
    case refuse(String)
  }

  private enum State {
    case well
    case down(failures: Int, until: ContinuousClock.Instant, reason: String, isTrying: Bool)
  }

  static let firstPause = Duration.milliseconds(100)
  static let pauseMax = Duration.seconds(2)

  private var state = State.well

  /// The reason why the server is believed down; nil when it is not.
  var reason: String? {
    if case .down(_, _, let reason, _) = state { reason } else { nil }
  }

  /// Asks whether to use the server now. After `goOn` while it was down, one of ``succeeded()`` and
  /// ``failed(_:at:jitter:)`` must follow.
  mutating func ask(at now: ContinuousClock.Instant) -> Verdict {
    guard case .down(let failures, let until, let reason, let isTrying) = state else { return .goOn }
    guard !isTrying, now >= until else { return .refuse(reason) }
    state = .down(failures: failures, until: until, reason: reason, isTrying: true)
    return .goOn
  }

  /// The server answered. True when it had been believed down.
  @discardableResult
  mutating func succeeded() -> Bool {
    guard case .down = state else { return false }
    state = .well
    return true
  }

  /// The server did not answer. True when it had been believed well.
  ///
  /// - Parameter jitter: from 0 to 1: how much of the second half of the pause is waited.
  @discardableResult
  mutating func failed(_ reason: String, at now: ContinuousClock.Instant, jitter: Double) -> Bool {
    var failures = 1
    var wasWell = true
    if case .down(let before, _, _, _) = state {
      failures = min(before + 1, 16)
      wasWell = false
    }
    let pause = Pause.of(attempt: failures, first: Self.firstPause, max: Self.pauseMax, jitter: jitter)
    state = .down(failures: failures, until: now + pause, reason: reason, isTrying: false)
    return wasWell
  }
}
