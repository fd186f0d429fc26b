import HTTPTypes
import HummingbirdCore
import Metrics
import Synchronization

/// Counts and times answers by method, route and class of status: labels that nobody outside can make more of.
struct RequestMetrics: Layer {
  private let made: MadeMetrics

  init(factory: any MetricsFactory) { made = MadeMetrics(factory: factory) }

  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    let response = try await next(exchange)
    let (count, time) = made.metrics(
      MadeMetrics.Labels(
        method: exchange.request.method.label, route: exchange.template, statusClass: response.status.code / 100))
    count.increment()
    time.record(duration: exchange.started.duration(to: .now))
    return response
  }
}

/// Metrics by their labels, each made once: making one takes longer than counting.
private final class MadeMetrics: Sendable {
  struct Labels: Hashable, Sendable {
    let method: String
    let route: String
    let statusClass: Int
  }

  private let factory: any MetricsFactory
  private let all = Mutex<[Labels: (Counter, Metrics.Timer)]>([:])

  init(factory: any MetricsFactory) { self.factory = factory }

  func metrics(_ labels: Labels) -> (count: Counter, time: Metrics.Timer) {
    all.withLock { all in
      if let made = all[labels] { return made }
      let dimensions = [("method", labels.method), ("route", labels.route)]
      let made = (
        Counter(
          label: "arbiter_http_requests_total", dimensions: dimensions + [("status", "\(labels.statusClass)xx")],
          factory: factory),
        Metrics.Timer(label: "arbiter_http_request_seconds", dimensions: dimensions, factory: factory)
      )
      all[labels] = made
      return made
    }
  }
}
