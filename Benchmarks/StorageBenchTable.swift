/// The figures as people read them.
enum StorageBenchTable {
  static let heading =
    pad("", 6) + pad("callers", 9) + pad("bodies/s", 24) + pad("a commit", 18) + pad("a sync", 18)
    + pad("CPU µs a body, net", 22) + pad("p50 ms", 20) + pad("p99 ms", 20) + pad("bytes written", 20) + "to disk"

  static func row(_ name: String, _ callers: Int, _ rounds: [StorageBenchRound], generator: Double) -> String {
    func cell(_ value: (StorageBenchRound) -> Double, _ digits: Int, _ width: Int) -> String {
      pad(spread(rounds.map(value), digits), width)
    }
    return pad(name, 6) + pad("\(callers)", 9) + cell(\.bodiesPerSecond, 0, 24) + cell(\.bodiesPerCommit, 1, 18)
      + cell(\.bodiesPerSync, 1, 18) + cell({ $0.cpuMicroseconds - generator }, 0, 22) + cell(\.p50, 2, 20)
      + cell(\.p99, 2, 20) + cell(\.bytesWritten, 0, 20) + spread(rounds.map(\.bytesToDisk), 0)
  }

  private static func spread(_ values: [Double], _ digits: Int) -> String {
    let sorted = values.sorted()
    guard let least = sorted.first, let greatest = sorted.last else { return "–" }
    return "\(rounded(median(values), digits)) (\(rounded(least, digits))–\(rounded(greatest, digits)))"
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}

func rounded(_ value: Double, _ digits: Int = 0) -> String {
  guard value.isFinite else { return "–" }
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let scaled = (value * scale).rounded()
  guard digits > 0 else { return scaled.magnitude < 1e15 ? "\(Int64(scaled))" : "\(value)" }
  return "\(scaled / scale)"
}
