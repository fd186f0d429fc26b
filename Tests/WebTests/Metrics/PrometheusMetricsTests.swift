import Metrics
import Synchronization
import Testing

@testable import Web

@Suite("Metrics as Prometheus text")
struct PrometheusMetricsTests {
  private final class Kept: Sendable {
    let count = Atomic(1)
  }

  @Test func `counters, gauges and times are written with their labels`() {
    let metrics = PrometheusMetrics()
    Counter(label: "rolls.total", dimensions: [("who", "a\"b\\c\nd")], factory: metrics).increment(by: 3)
    Counter(label: "rolls.total", dimensions: [("who", "a\"b\\c\nd")], factory: metrics).increment()
    Gauge(label: "open", factory: metrics).record(2.5)
    Timer(label: "wait_seconds", factory: metrics).recordNanoseconds(30_000_000)
    let lines = metrics.text().split(separator: "\n")
    #expect(lines.contains("# TYPE rolls_total counter"))
    #expect(lines.contains(#"rolls_total{who="a\"b\\c\nd"} 4"#))
    #expect(lines.contains("open 2.5"))
    #expect(lines.contains("# TYPE wait_seconds histogram"))
    #expect(lines.contains(#"wait_seconds_bucket{le="0.025"} 0"#))
    #expect(lines.contains(#"wait_seconds_bucket{le="0.05"} 1"#))
    #expect(lines.contains(#"wait_seconds_bucket{le="+Inf"} 1"#))
    #expect(lines.contains("wait_seconds_sum 0.03"))
    #expect(lines.contains("wait_seconds_count 1"))
  }

  @Test func `a count that somebody else keeps is shown as it is now, among the others`() {
    let metrics = PrometheusMetrics()
    for name in ["a", "c"] { Counter(label: name, factory: metrics).increment() }
    let kept = Kept()
    metrics.show("b") { kept.count.load(ordering: .relaxed) }
    #expect(metrics.text().hasPrefix("# TYPE a counter\na 1\n# TYPE b counter\nb 1\n# TYPE c counter\n"))
    kept.count.store(2, ordering: .relaxed)
    #expect(metrics.text().contains("\nb 2\n"))
  }

  @Test func `series are bounded, and what was dropped is counted`() {
    let metrics = PrometheusMetrics()
    for number in 0..<(PrometheusMetrics.seriesMax + 7) {
      Counter(label: "many", dimensions: [("number", "\(number)")], factory: metrics).increment()
    }
    let lines = metrics.text().split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("many{") }.count == PrometheusMetrics.seriesMax)
    #expect(lines.contains("arbiter_metrics_dropped_total 7"))
  }

  @Test func `a name has one kind`() {
    let metrics = PrometheusMetrics()
    Counter(label: "thing", factory: metrics).increment()
    Timer(label: "thing", factory: metrics).recordNanoseconds(1)
    #expect(metrics.text().contains("thing 1\n"))
    #expect(!metrics.text().contains("thing_bucket"))
  }

  @Test func `odd names and long values are made to fit`() {
    let metrics = PrometheusMetrics()
    Counter(label: "9 lives", dimensions: [("a-b", String(repeating: "x", count: 1000))], factory: metrics).increment()
    #expect(metrics.text().contains("_9_lives{a_b=\"\(String(repeating: "x", count: 120))\"} 1\n"))
  }
}
