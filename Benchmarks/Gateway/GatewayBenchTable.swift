/// The figures as people read them, each beside what it should be.
enum GatewayBenchTable {
  static func calls(
    _ targets: [GatewayTarget], _ figures: [String: [GatewayCalls.Round]], sync: Double
  ) -> String {
    var lines = [
      "",
      "calls answered whole (one caller: latency; \(GatewayCalls.callersMany) callers: rate), times in µs, CPU in µs a call",
      "fdatasync of 4 KiB appended, in the same rounds: p50 \(rounded(sync)) µs", "",
      pad("", 19) + pad("p50", 22) + pad("added p50", 24) + pad("p99", 24) + pad("calls/s, 16", 22)
        + pad("CPU, one", 20) + "CPU, 16",
    ]
    let direct = figures["direct"] ?? []
    for target in targets {
      let rounds = figures[target.name] ?? []
      let added = zip(rounds, direct).map { $0.p50 - $1.p50 }
      lines.append(
        pad(target.name, 19) + pad(spread(rounds.map(\.p50)), 22)
          + pad(target.process == nil ? "" : spread(added), 24) + pad(spread(rounds.map(\.p99)), 24)
          + pad(spread(rounds.map(\.callsPerSecond)), 22)
          + pad(target.process == nil ? "" : spread(rounds.map(\.cpuAlone)), 20)
          + (target.process == nil ? "" : spread(rounds.map(\.cpuMany))))
    }
    func added(_ name: String) -> Double { median(zip(figures[name] ?? [], direct).map { $0.p50 - $1.p50 }) }
    func cpu(_ name: String) -> Double { median((figures[name] ?? []).map(\.cpuMany)) }
    lines += [
      "", target("plain: added p50", added("Arbiter, plain"), below: 400, "µs"),
      target("plain: CPU a call, 16 callers", cpu("Arbiter, plain"), below: 150, "µs"),
    ]
    if figures["sglang-router"] != nil {
      lines.append(
        target("plain: CPU a call, in sglang-router's", cpu("Arbiter, plain") / cpu("sglang-router"), below: 2, "times")
      )
    }
    lines += [
      target("governed: added p50", added("Arbiter, governed"), below: 500 + sync, "µs (500 and one fdatasync)"),
      target("governed: CPU a call, 16 callers", cpu("Arbiter, governed"), below: 300, "µs"),
    ]
    return lines.joined(separator: "\n")
  }

  static func streams(_ targets: [GatewayTarget], _ figures: [String: [GatewayStreams.Round]]) -> String {
    var lines = [
      "", "streams of \(UpstreamScript.frames) events that the upstream writes at once, one reader, to the last byte",
      pad("", 19) + pad("p50 ms", 24) + pad("p99 ms", 24) + pad("CPU µs a stream", 24) + "events",
    ]
    for target in targets {
      let rounds = figures[target.name] ?? []
      let (least, most) = (rounds.map(\.events.lowerBound).min() ?? 0, rounds.map(\.events.upperBound).max() ?? 0)
      lines.append(
        pad(target.name, 19) + pad(spread(rounds.map(\.p50), 2), 24) + pad(spread(rounds.map(\.p99), 2), 24)
          + pad(target.process == nil ? "" : spread(rounds.map(\.cpu)), 24)
          + (least == most ? "\(most)" : "\(least)–\(most)"))
    }
    lines.append("")
    for name in ["Arbiter, plain", "Arbiter, governed"] {
      lines.append(target("\(name): p50 to the last byte", median((figures[name] ?? []).map(\.p50)), below: 2, "ms"))
    }
    return lines.joined(separator: "\n")
  }

  static func pacedHeading(streams: Int, frames: Int) -> String {
    """

    \(streams) streams at a time, \(frames) frames each, \(BenchUpstream.framesPerSecond) a second
    \(pad("", 19) + pad("lost", 8) + pad("late p50 ms", 14) + pad("p99 ms", 12) + "CPU µs a frame")
    """
  }

  static func paced(_ target: GatewayTarget, _ result: PacedStreams.Result) -> String {
    pad(target.name, 19) + pad("\(result.lost)", 8) + pad(rounded(percentile(result.delays, 0.5), 2), 14)
      + pad(rounded(percentile(result.delays, 0.99), 2), 12)
      + (target.process == nil ? "" : rounded(result.cpu, 1))
      + (target.name.hasPrefix("Arbiter") ? "   \(verdict(result.lost == 0))" : "")
  }

  static let memoryHeading = "\nanonymous memory of the governed server (RssAnon), a line of least squares"

  static func memory(_ what: String, _ result: GatewayMemory.Result) -> String {
    target(
      "\(what), \(result.calls) counted, \(megabytes(result.before)) before and \(megabytes(result.after)) after",
      result.bytesPerCall, below: 20, "bytes each", digits: 1)
  }

  private static func megabytes(_ bytes: Double) -> String { "\(rounded(bytes / 1_048_576, 1)) MiB" }

  private static func target(
    _ what: String, _ value: Double, below limit: Double, _ unit: String, digits: Int = 2
  ) -> String {
    "\(pad("\(what):", 44)) \(rounded(value, digits))   at most \(rounded(limit, 0)) \(unit), \(verdict(value <= limit))"
  }

  private static func verdict(_ isReached: Bool) -> String { isReached ? "reached" : "MISSED" }

  private static func spread(_ values: [Double], _ digits: Int = 0) -> String {
    let sorted = values.sorted()
    guard let least = sorted.first, let greatest = sorted.last else { return "–" }
    return "\(rounded(median(values), digits)) (\(rounded(least, digits))–\(rounded(greatest, digits)))"
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
