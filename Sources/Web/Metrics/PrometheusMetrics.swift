package import Metrics
import Synchronization

/// Keeps metrics in memory and writes them as Prometheus text (exposition format 0.0.4).
///
/// At most ``seriesMax`` series are kept, a series being a name with its labels. What would make one more is taken and
/// forgotten, and `arbiter_metrics_dropped_total` counts how often that was asked for.
package final class PrometheusMetrics: MetricsFactory {
  package static let seriesMax = 2000

  private let state = Mutex(State())

  private struct State {
    var series: [SeriesName: MetricSeries] = [:]
    /// Counts that somebody else keeps.
    var counts: [SeriesName: @Sendable () -> Int] = [:]
    /// The kind that a name has: all its series are of that kind.
    var kinds: [String: MetricSeries.Kind] = [:]
    var dropped = 0
  }

  package init() {}

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions, .counter)
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    series(label, dimensions, .counter)
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(label, dimensions, .gauge)
  }

  package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    series(label, dimensions, aggregate ? .histogram : .gauge)
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions, .histogram)
  }

  // Series live as long as the program: a counter that came back at 0 would be read as a restart.
  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}

  private func series(_ label: String, _ dimensions: [(String, String)], _ kind: MetricSeries.Kind) -> MetricSeries {
    let name = SeriesName(label, dimensions)
    return state.withLock { state in
      if let known = state.series[name], known.kind == kind { return known }
      guard state.series.count < Self.seriesMax, state.kinds[name.metric, default: kind] == kind else {
        state.dropped += 1
        return MetricSeries(kind)
      }
      let series = MetricSeries(kind)
      state.series[name] = series
      state.kinds[name.metric] = kind
      return series
    }
  }

  /// Shows a count that somebody else keeps: asked for when it is shown.
  package func show(_ label: String, count: @escaping @Sendable () -> Int) {
    state.withLock { state in
      let name = SeriesName(label, [])
      state.counts[name] = count
      state.kinds[name.metric] = .counter
    }
  }

  /// Every series, sorted by name.
  package func text() -> String {
    let (series, counts, dropped) = state.withLock { ($0.series, $0.counts, $0.dropped) }
    let kept = series.map { (name: $0, kind: $1.kind, lines: $1.lines(named: $0)) }
    let asked = counts.map { (name: $0, kind: MetricSeries.Kind.counter, lines: [$0.line(Double($1()))]) }
    var lines: [String] = []
    var metric = ""
    for series in (kept + asked).sorted(by: { $0.name < $1.name }) {
      if series.name.metric != metric {
        metric = series.name.metric
        lines.append("# TYPE \(metric) \(series.kind.rawValue)")
      }
      lines += series.lines
    }
    lines.append("# TYPE arbiter_metrics_dropped_total counter")
    lines.append("arbiter_metrics_dropped_total \(dropped)")
    return lines.joined(separator: "\n") + "\n"
  }
}
