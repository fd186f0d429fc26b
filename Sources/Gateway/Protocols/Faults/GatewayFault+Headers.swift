extension GatewayFault {
  /// The headers that tell clients whether and when to ask again, names in lower case.
  ///
  /// The clients of OpenAI and Anthropic obey `x-should-retry` first of all, then `retry-after-ms`, then `retry-after`;
  /// they read the delay only where they ask again at all. Seconds are rounded up, so that nobody comes too early.
  package var headers: [(name: String, value: String)] {
    var headers = [(name: "x-should-retry", value: isRetryable ? "true" : "false")]
    guard isRetryable, let retryAfter else { return headers }
    let (seconds, attoseconds) = min(max(retryAfter, .zero), Self.longestDelay).components
    let milliseconds = seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    headers.append((name: "retry-after", value: String((milliseconds + 999) / 1_000)))
    headers.append((name: "retry-after-ms", value: String(milliseconds)))
    return headers
  }

  /// A longer wait is told as this one.
  private static var longestDelay: Duration { .seconds(86_400) }
}
