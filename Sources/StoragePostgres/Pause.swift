/// Pauses that double.
enum Pause {
  /// The pause before attempt `attempt`, counted from 1: half of it certain, the other half times `jitter`.
  static func of(attempt: Int, first: Duration, max longest: Duration, jitter: Double) -> Duration {
    let doublings = min(Swift.max(attempt, 1) - 1, 20)
    let whole = min(first * (1 << doublings), longest)
    return whole * (0.5 + 0.5 * min(Swift.max(jitter, 0), 1))
  }
}
