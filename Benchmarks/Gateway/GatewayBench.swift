import Foundation

/// `bench gateway`: what a call of a model costs through the gateway, beside the same call without it and through others.
///
///     bench gateway --data FOLDER --program ARBITER [--python PROGRAM] [--part calls|streams|memory]
///                   [--rounds 7] [--seconds 1.5] [--streams 40] [--calls 100000] [--aborted 10000]
///
/// The upstream runs in this process and answers at once, so that what is added is the gateway's. All targets are called in
/// turn within each round, and what is added is the difference of the same round. *Plain* is a server as it comes: a key, and
/// a row in the books for each call, but no budget, and a model that costs nothing. *Governed* is the same server with a price
/// for the model and a budget of the key's, so that each call is held of it, durably, before the upstream sees it.
struct GatewayBench {
  private let folder: String
  private let program: String
  private let python: String
  private let part: String
  private let rounds: Int
  private let seconds: Double
  private let streams: Int
  private let calls: Int
  private let aborted: Int

  init(_ options: Options) throws {
    folder = try options.text("data")
    program = try options.text("program", ".build/release/arbiter")
    python = try options.text("python", "")
    part = try options.text("part", "all")
    rounds = max(1, try options.number("rounds", 7))
    seconds = Double(try options.text("seconds", "1.5")) ?? 1.5
    streams = max(1, try options.number("streams", 40))
    calls = max(100, try options.number("calls", 100_000))
    aborted = max(100, try options.number("aborted", 10_000))
  }

  func run() async throws {
    let upstream = try await BenchUpstream.start(pacedFrames: Self.pacedFrames)
    var servers: [GatewayServer] = []
    var peers: [GatewayPeer] = []
    var failure: (any Error)?
    do {
      servers.append(try await .plain(program: program, upstream: upstream, folder: folder))
      servers.append(try await .governed(upstream: upstream, folder: folder))
      if !python.isEmpty {
        peers.append(try await .sglangRouter(python: python, upstream: upstream, folder: folder))
        peers.append(try await .liteLLM(python: python, upstream: upstream, folder: folder))
      }
      let direct = GatewayTarget(name: "direct", port: upstream.port)
      try await measure([direct] + servers.map(\.target) + peers.map(\.target), servers[1].target)
    } catch { failure = error }
    // Whatever happened, nothing that was started is left.
    for peer in peers { await peer.stop() }
    for server in servers { await server.stop() }
    try await upstream.stop()
    if let failure { throw failure }
  }

  private func measure(_ targets: [GatewayTarget], _ governed: GatewayTarget) async throws {
    print("gateway: \(rounds) rounds, targets in turn; median (least–greatest) of the rounds; load \(load)")
    if python.isEmpty {
      print("sglang-router and LiteLLM are not here: our own figures. bin/bench gateway --yes installs them.")
    }
    if ["all", "calls"].contains(part) {
      let (figures, sync) = try await GatewayCalls(
        targets: targets, rounds: rounds, seconds: seconds, folder: folder
      ).run()
      print(GatewayBenchTable.calls(targets, figures, sync: sync))
    }
    if ["all", "streams"].contains(part) {
      let figures = try await GatewayStreams(targets: targets, rounds: rounds, streams: streams).run()
      print(GatewayBenchTable.streams(targets, figures))
      print(GatewayBenchTable.pacedHeading(streams: Self.pacedStreams, frames: Self.pacedFrames))
      // LiteLLM takes longer for a stream than its pace allows.
      for target in targets where target.isFast {
        let result = try await PacedStreams(target: target, streams: Self.pacedStreams, frames: Self.pacedFrames).run()
        print(GatewayBenchTable.paced(target, result))
      }
    }
    if ["all", "memory"].contains(part) {
      print(GatewayBenchTable.memoryHeading)
      let memory = GatewayMemory(target: governed)
      print(GatewayBenchTable.memory("calls", try await memory.calls(calls)))
      print(GatewayBenchTable.memory("streams whose reader leaves", try await memory.abortedStreams(aborted)))
    }
    print("\nload after: \(load)")
  }

  private var load: String { rounded(loadAverage(), 2) }

  private static let pacedStreams = 100
  private static let pacedFrames = 600
}
