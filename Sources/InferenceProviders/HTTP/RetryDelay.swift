import NIOHTTP1
import Vocabulary

/// How long a provider wants to be left alone: `retry-after-ms`, else `Retry-After` in seconds, whole or not, or as a
/// date (RFC 9110, section 10.2.3), which is read against the answer's own `Date`, so that no clock has to be right.
enum RetryDelay {
  /// A longer wait is cut to this one: whoever waits decides anew after a day.
  static let longest = Duration.seconds(86_400)

  static func read(_ headers: HTTPHeaders) -> Duration? {
    if let text = headers.first(name: "retry-after-ms"), let delay = duration(text, unit: .milliseconds(1)) {
      return delay
    }
    guard let text = headers.first(name: "Retry-After") else { return nil }
    if let delay = duration(text, unit: .seconds(1)) { return delay }
    guard let then = date(text), let now = headers.first(name: "Date").flatMap(date) else { return nil }
    return min(max(then.duration(since: now), .zero), longest)
  }

  private static func duration(_ text: String, unit: Duration) -> Duration? {
    guard let number = Double(text), number.isFinite, number >= 0 else { return nil }
    // What lies beyond a day is cut off before it is multiplied.
    return min(unit * min(number, 1e8), longest)
  }

  /// `Sat, 21 Nov 2026 13:47:32 GMT`, the one form that is written today.
  private static func date(_ text: String) -> Timestamp? {
    let words = text.split(separator: " ")
    guard words.count == 6, words[5] == "GMT", words[1].count == 2, words[3].count == 4,
      let month = months.firstIndex(of: String(words[2]))
    else { return nil }
    let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return Timestamp(rfc3339: "\(words[3])-\(number)-\(words[1])T\(words[4])Z")
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
