import Metrics
import Synchronization

/// The values of one metric with one set of labels.
final class MetricSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
  enum Kind: String, Sendable {
    case counter, gauge, histogram
  }

  /// Upper bounds of a histogram's buckets: for times, seconds from half a millisecond to ten seconds.
  static let bounds: [Double] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

  let kind: Kind
  private let values = Mutex(Values())

  private struct Values {
    /// A counter's or gauge's value, or a histogram's sum.
    var sum = 0.0
    var count = 0
    /// For each bound, how many values were at most that; a histogram only.
    var buckets: [Int] = []
  }

  init(_ kind: Kind) {
    self.kind = kind
    if kind == .histogram { values.withLock { $0.buckets = Array(repeating: 0, count: Self.bounds.count) } }
  }

  func increment(by amount: Int64) { values.withLock { $0.sum += Double(amount) } }
  func increment(by amount: Double) { values.withLock { $0.sum += amount } }
  func decrement(by amount: Double) { values.withLock { $0.sum -= amount } }
  func reset() { values.withLock { $0.sum = 0 } }
  func set(_ value: Int64) { values.withLock { $0.sum = Double(value) } }
  func set(_ value: Double) { values.withLock { $0.sum = value } }
  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func record(_ value: Double) {
    guard kind == .histogram else { return set(value) }
    values.withLock { values in
      values.sum += value
      values.count += 1
      for (index, bound) in Self.bounds.enumerated() where value <= bound { values.buckets[index] += 1 }
    }
  }

  func lines(named name: SeriesName) -> [String] {
    let values = values.withLock { $0 }
    guard kind == .histogram else { return [name.line(values.sum)] }
    let buckets = zip(Self.bounds, values.buckets).map { bound, count in
      name.line(suffix: "_bucket", adding: "le=\"\(bound)\"", Double(count))
    }
    return buckets + [
      name.line(suffix: "_bucket", adding: "le=\"+Inf\"", Double(values.count)), name.line(suffix: "_sum", values.sum),
      name.line(suffix: "_count", Double(values.count)),
    ]
  }
}
