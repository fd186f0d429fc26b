package import Vocabulary

/// What becomes of a job after an attempt. Pure, so that every case is a line of a table.
package struct JobRules: Sendable {
  /// The first pause before another attempt; it doubles with each.
  package var firstPause: Duration = .seconds(1)
  package var longestPause: Duration = .seconds(300)
  /// How many processes may end without a word while they run a job before it is given up.
  package var crashesMax = 3

  package init() {}

  /// How an attempt ended.
  package enum End: Sendable, Hashable {
    case outcome(JobOutcome)
    /// It threw; the text is for people.
    case threw(String)
    /// The server stops: nobody's fault.
    case released
    /// The process ended without a word.
    case crashed
  }

  /// What to write.
  package enum Verdict: Sendable, Hashable {
    case end(JobState, because: String?)
    /// Begun again at that time; the attempt counts or does not.
    case again(at: Timestamp, charged: Bool, because: String?)
  }

  /// - Parameters:
  ///   - attempt: the number of the attempt that ended, from 1.
  ///   - attemptsMax: how often the job may be begun.
  ///   - crashes: how often it crashed before.
  ///   - part: 0…1, where in the pause the next attempt lies: full jitter (Brooker, “Exponential Backoff And Jitter”, 2015).
  package func verdict(
    on end: End, attempt: Int, attemptsMax: Int, crashes: Int, now: Timestamp, part: Double
  ) -> Verdict {
    switch end {
    case .outcome(.done): .end(.done, because: nil)
    case .outcome(.fail(let reason)): .end(.failed, because: reason)
    case .outcome(.snooze(let pause)):
      .again(at: now.advanced(by: max(.zero, pause)), charged: false, because: nil)
    case .released: .again(at: now, charged: false, because: nil)
    case .crashed where crashes + 1 >= crashesMax:
      .end(.failed, because: "The server ended \(crashes + 1) times while it ran this; it is not begun again.")
    case .crashed: .again(at: now, charged: true, because: "The server ended while it ran.")
    case .threw(let reason) where attempt >= attemptsMax: .end(.failed, because: reason)
    case .threw(let reason):
      .again(at: now.advanced(by: pause(after: attempt) * min(1, max(0, part))), charged: true, because: reason)
    }
  }

  /// The longest pause after an attempt.
  package func pause(after attempt: Int) -> Duration {
    let doublings = min(max(0, attempt - 1), 20)
    return min(longestPause, firstPause * (1 << doublings))
  }
}
