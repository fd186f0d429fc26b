import HTTPTypes
import HummingbirdCore
import Metrics

/// Counts and times answers by method, route and class of status: labels that nobody outside can make more of.
struct RequestMetrics: Layer {
  let factory: any MetricsFactory

  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    let response = try await next(exchange)
    let labels = [("method", exchange.request.method.label), ("route", exchange.template)]
    let status = [("status", "\(response.status.code / 100)xx")]
    Counter(label: "arbiter_http_requests_total", dimensions: labels + status, factory: factory).increment()
    Timer(label: "arbiter_http_request_seconds", dimensions: labels, factory: factory)
      .record(duration: exchange.started.duration(to: .now))
    return response
  }
}
