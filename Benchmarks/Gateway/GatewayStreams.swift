import Foundation

/// Streams that are answered at once: how long until the last byte.
struct GatewayStreams {
  let targets: [GatewayTarget]
  let rounds: Int
  let streams: Int

  struct Round: Sendable {
    /// Milliseconds to the last byte.
    var p50 = Double.nan
    var p99 = Double.nan
    /// Microseconds of the gateway's processor time a stream.
    var cpu = Double.nan
    /// Fewest and most events that a stream had.
    var events = 0...0
  }

  func run() async throws -> [String: [Round]] {
    var figures: [String: [Round]] = [:]
    for number in 0..<rounds {
      let offset = number % targets.count
      for target in targets[offset...] + targets[..<offset] {
        figures[target.name, default: []].append(try await round(target))
      }
    }
    return figures
  }

  private func round(_ target: GatewayTarget) async throws -> Round {
    let request = target.request(BenchUpstream.quick, isStreamed: true)
    let count = target.isFast ? streams : max(5, streams / 10)
    let before = target.process?.cpuMicroseconds ?? .nan
    let seen = try await CallerThreads.run(1) { _ in
      let caller = try HTTPCaller(port: target.port)
      return try (0..<count).map { _ in
        let began = ContinuousClock.now
        let answer = try caller.call(request)
        return (time: began.duration(to: .now).microseconds / 1000, events: answer.events)
      }
    }.flatMap { $0 }
    try await Task.sleep(for: .milliseconds(60))
    let times = seen.map(\.time).sorted()
    let events = seen.map(\.events)
    return Round(
      p50: percentile(times, 0.5), p99: percentile(times, 0.99),
      cpu: ((target.process?.cpuMicroseconds ?? .nan) - before) / Double(count),
      events: (events.min() ?? 0)...(events.max() ?? 0))
  }
}
