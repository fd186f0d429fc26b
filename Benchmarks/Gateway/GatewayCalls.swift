import Foundation

/// Calls that are answered whole: how long they take one after the other, and what sixteen at a time cost the gateway.
struct GatewayCalls {
  let targets: [GatewayTarget]
  let rounds: Int
  /// How long each target is called in a round, by one caller and by sixteen.
  let seconds: Double
  /// Where syncs are timed: beside the data of the servers.
  let folder: String

  static let callersMany = 16

  /// One target's figures of one round.
  struct Round: Sendable {
    /// Microseconds.
    var p50 = Double.nan
    var p99 = Double.nan
    var callsPerSecond = Double.nan
    /// Microseconds of processor time a call, of one caller and of sixteen.
    var cpuAlone = Double.nan
    var cpuMany = Double.nan
  }

  func run() async throws -> (figures: [String: [Round]], sync: Double) {
    var figures: [String: [Round]] = [:]
    var syncs: [Double] = []
    for target in targets { _ = try await calls(of: target, callers: 1, for: seconds / 2) }
    for number in 0..<rounds {
      // Each comes first once, so that none always has the warm or the throttled processor.
      let offset = number % targets.count
      for target in targets[offset...] + targets[..<offset] {
        figures[target.name, default: []].append(try await round(target))
      }
      syncs.append(syncMedians(in: folder).appending)
    }
    return (figures, median(syncs))
  }

  private func round(_ target: GatewayTarget) async throws -> Round {
    let alone = try await calls(of: target, callers: 1, for: seconds)
    let many = try await calls(of: target, callers: Self.callersMany, for: seconds)
    return Round(
      p50: percentile(alone.times, 0.5), p99: percentile(alone.times, 0.99),
      callsPerSecond: Double(many.times.count) / seconds, cpuAlone: alone.cpu, cpuMany: many.cpu)
  }

  /// - Returns: how long each call took, sorted, and the gateway's processor time a call, in microseconds.
  private func calls(
    of target: GatewayTarget, callers: Int, for seconds: Double
  ) async throws -> (times: [Double], cpu: Double) {
    let request = target.request(BenchUpstream.quick, isStreamed: false)
    let before = target.process?.cpuMicroseconds ?? .nan
    let times = try await CallerThreads.run(callers) { _ in
      let caller = try HTTPCaller(port: target.port)
      let end = ContinuousClock.now.advanced(by: .seconds(seconds))
      var times: [Double] = []
      var began = ContinuousClock.now
      while began < end {
        try caller.call(request)
        let now = ContinuousClock.now
        times.append(began.duration(to: now).microseconds)
        began = now
      }
      return times
    }.flatMap { $0 }.sorted()
    // What is settled after the answer is a part of the call.
    try await Task.sleep(for: .milliseconds(60))
    return (times, ((target.process?.cpuMicroseconds ?? .nan) - before) / Double(max(1, times.count)))
  }
}
