package import Inference

extension GatewayFault {
  /// What a failed call means for the client.
  ///
  /// | the upstream | status | again |
  /// |---|---|---|
  /// | rate_limited | 429 | yes |
  /// | overloaded, refused | 503 | yes |
  /// | stalled | 504 | yes |
  /// | cut | 502 | yes |
  /// | untrusted, bad_key, nonsense, too_large | 502 | no |
  /// | bad_request | 400 | no |
  /// | context_length | 400, `context_length_exceeded` | no |
  /// | unknown_model | 404, `model_not_found` | no |
  /// | over_budget | 429, `insufficient_quota` | no |
  /// | content_filtered | 400, `content_filter` | no |
  ///
  /// A key that an upstream does not take is the gateway's: the client's own is fine, which 401 would deny.
  package init(_ error: InferenceError) {
    let (kind, status, code): (Kind, Int, String) =
      switch error.kind {
      case .rateLimited: (.rateLimited, 429, "rate_limit_exceeded")
      case .overloaded: (.unavailable, 503, "upstream_overloaded")
      case .refused: (.unavailable, 503, "upstream_unreachable")
      case .untrusted: (.upstream, 502, "upstream_untrusted")
      case .stalled: (.timeout, 504, "upstream_stalled")
      case .cut: (.upstream, 502, "upstream_cut")
      case .nonsense: (.upstream, 502, "upstream_nonsense")
      case .tooLarge: (.upstream, 502, "upstream_too_large")
      case .badKey: (.upstream, 502, "upstream_key_refused")
      case .badRequest: (.invalidRequest, 400, "upstream_refused_request")
      case .contextLength: (.invalidRequest, 400, "context_length_exceeded")
      case .unknownModel: (.notFound, 404, "model_not_found")
      case .overBudget: (.budget, 429, "insufficient_quota")
      case .contentFiltered: (.invalidRequest, 400, "content_filter")
      }
    let message =
      error.kind == .badKey
      ? "Your own key is fine; the one that the gateway has for \(error.provider) is not. \(error.message)"
      : error.message
    self.init(
      kind, status: status, code: code, message, retryAfter: error.retryAfter, isRetryable: error.isRetryable)
  }

  /// An answer whose end did not come, although nobody said why.
  static let unfinished = GatewayFault(
    .upstream, status: 502, code: "upstream_cut", "The answer ended without its end.", isRetryable: true)
}
