/// How often an upstream is asked again after a failure, and how long is waited before.
package struct RetryPolicy: Sendable, Hashable {
  /// How often one entry of a route is asked again, from 0 to 3.
  package var retriesMax = 3
  /// Bounds the wait before the first retry; it doubles with each.
  package var firstDelay = Duration.milliseconds(100)
  package var longestDelay = Duration.seconds(4)
  /// The longest pause that a provider may ask for and get. One that wants a longer is left for the next entry.
  package var patience = Duration.seconds(10)

  package init() {}

  /// The wait before a retry: anything between nothing and the bound, so that callers who failed together do not come back
  /// together (full jitter; Marc Brooker, “Exponential Backoff and Jitter”, 2015).
  ///
  /// - Parameters:
  ///   - retry: from 0.
  ///   - random: from 0 up to, and without, 1.
  func delay(before retry: Int, random: Double) -> Duration {
    min(longestDelay, firstDelay * (1 << min(max(retry, 0), 16))) * random
  }
}
