import Synchronization
import Vocabulary

/// How often each address tried to sign in during its minute.
///
/// At most ``addressesMax`` addresses are remembered; when that many are at it at once, all others share one count.
final class SignInAttempts: Sendable {
  static let addressesMax = 4096
  private static let window = Duration.seconds(60)
  private static let others = "others"

  private struct Window {
    let began: Timestamp
    var count = 0
  }

  private let limit: Int
  private let windows = Mutex<[String: Window]>([:])

  init(limit: Int) { self.limit = limit }

  /// Counts an attempt.
  ///
  /// - Throws: ``Problem`` `too_many_attempts` with the seconds until the next may be made.
  func note(_ address: String, at now: Timestamp) throws(Problem) {
    let wait: Duration? = windows.withLock { windows in
      if windows.count >= Self.addressesMax {
        windows = windows.filter { now.duration(since: $0.value.began) < Self.window }
      }
      let known = windows[address] != nil || windows.count < Self.addressesMax
      let key = known ? address : Self.others
      var window = windows[key] ?? Window(began: now)
      let age = now.duration(since: window.began)
      if age >= Self.window || age < .zero { window = Window(began: now) }
      window.count += 1
      windows[key] = window
      return window.count > limit ? Self.window - now.duration(since: window.began) : nil
    }
    guard let wait else { return }
    var problem = Problem(.tooManyAttempts, "More than \(limit) sign-ins were tried from this address in a minute.")
    problem.retryAfter = Int(clamping: max(1, wait.components.seconds + 1))
    throw problem
  }
}
