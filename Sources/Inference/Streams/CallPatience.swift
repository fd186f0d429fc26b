/// Decides when a provider has been waited for long enough. Pure: times come in as durations since the call began.
struct CallPatience {
  /// What is waited for.
  enum Phase: Sendable, Hashable {
    case firstPiece, nextPiece, trailer
    /// Not the provider is waited for, but whoever reads: only the whole time runs.
    case reader
  }

  let times: CallTimes
  private(set) var phase = Phase.firstPiece
  private var since = Duration.zero

  init(_ times: CallTimes) { self.times = times }

  mutating func enter(_ phase: Phase, at now: Duration) {
    self.phase = phase
    since = now
  }

  /// Why the call ends now; nil when it may go on.
  func verdict(at now: Duration, provider: String) -> InferenceError? {
    if now >= times.whole {
      return .stalled(provider, "was not done after \(times.whole)")
    }
    guard let limit, now - since >= limit else { return nil }
    return .stalled(provider, phase == .firstPiece ? "said nothing for \(limit)" : "fell silent for \(limit)")
  }

  /// When to look again. Never later than the shortest time from now, so that a phase that begins in between is not
  /// overslept.
  func nextLook(after now: Duration) -> Duration {
    min(times.whole, limit.map { since + $0 } ?? times.whole, now + times.shortest)
  }

  private var limit: Duration? {
    switch phase {
    case .firstPiece: times.firstPiece
    case .nextPiece: times.betweenPieces
    case .trailer: times.trailer
    case .reader: nil
    }
  }
}

extension InferenceError {
  fileprivate static func stalled(_ provider: String, _ what: String) -> InferenceError {
    InferenceError(.stalled, from: provider, "\(provider) \(what). What had come is kept.")
  }
}
