/// Keeps calls from an upstream that is down, and finds out when it is up again.
///
/// A pure state machine; times are durations since any fixed moment. Closed, it lets every call through. After
/// ``failuresMax`` failures in a row, or one that said how long to wait, it is open: nobody is let through. When that time is
/// over it lets one call through, the probe, whose end closes it or opens it anew.
struct Breaker: Sendable, Hashable {
  enum Admission: Sendable, Hashable {
    case open
    /// The one call that finds out; ``passed(at:)``, ``failed(at:)`` or ``left()`` must follow.
    case probe
    /// Nobody, for this long at least.
    case closed(for: Duration)
  }

  static let failuresMax = 5
  /// Short enough that an upstream which is back is used again within half a minute.
  static let pause = Duration.seconds(10)

  /// In a row.
  private(set) var failures = 0
  private var pausedUntil: Duration?
  private var isProbing = false

  /// Whether nothing is held against the upstream.
  var isHealthy: Bool { failures == 0 && pausedUntil == nil }

  /// When the next call is let through; nil when one is now.
  func pause(at now: Duration) -> Duration? { pausedUntil.flatMap { $0 > now ? $0 - now : nil } }

  mutating func admit(at now: Duration) -> Admission {
    guard let pausedUntil else { return .open }
    guard pausedUntil <= now else { return .closed(for: pausedUntil - now) }
    guard !isProbing else { return .closed(for: .seconds(1)) }
    isProbing = true
    return .probe
  }

  mutating func passed() { self = Breaker() }

  mutating func failed(at now: Duration) {
    failures += 1
    if isProbing || failures >= Self.failuresMax { pausedUntil = now + Self.pause }
    isProbing = false
  }

  /// The upstream is well, and wants to be left alone for a while.
  mutating func rest(for pause: Duration, from now: Duration) {
    pausedUntil = max(pausedUntil ?? .zero, now + pause)
    isProbing = false
  }

  /// A call ended without saying anything about the upstream: its reader left, or what was asked was wrong.
  mutating func left() { isProbing = false }
}
