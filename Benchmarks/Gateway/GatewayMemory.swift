import Foundation
import Synchronization

/// Whether calls leave something behind: anonymous memory over very many of them, as a line of least squares.
struct GatewayMemory {
  let target: GatewayTarget
  private static let callers = 16

  struct Result: Sendable {
    let calls: Int
    let bytesPerCall: Double
    let before: Double
    let after: Double
  }

  /// Calls that are answered whole; the first fifth is not counted.
  func calls(_ count: Int) async throws -> Result {
    let request = target.request(BenchUpstream.quick, isStreamed: false)
    return try await watch(count, skipping: count / 5) { ticket in
      let caller = try HTTPCaller(port: target.port)
      while ticket() { try caller.call(request) }
    }
  }

  /// Streams whose reader leaves when the first bytes are there; as many as a fifth of them go before, uncounted.
  func abortedStreams(_ count: Int) async throws -> Result {
    let request = target.request(BenchUpstream.paced, isStreamed: true)
    return try await watch(count + count / 5, skipping: count / 5) { ticket in
      while ticket() {
        let caller = try HTTPCaller(port: target.port)
        try caller.send(request)
        _ = try caller.receive()
      }
    }
  }

  private func watch(
    _ count: Int, skipping skipped: Int,
    _ body: @escaping @Sendable (_ ticket: @Sendable () -> Bool) throws -> Void
  ) async throws -> Result {
    guard let process = target.process else { return Result(calls: 0, bytesPerCall: .nan, before: .nan, after: .nan) }
    let samples = MemorySamples(process: process, every: max(1, count / 400))
    let before = process.anonymousBytes
    _ = try await CallerThreads.run(Self.callers) { _ in try body { samples.take(of: count) } }
    // What is written after the last answer is written.
    try await Task.sleep(for: .milliseconds(500))
    return Result(
      calls: count - skipped, bytesPerCall: samples.slope(from: skipped), before: before, after: process.anonymousBytes)
  }
}

/// Hands out calls, and looks at the memory now and then.
private final class MemorySamples: Sendable {
  private let state = Mutex<(taken: Int, samples: [(call: Double, bytes: Double)])>((0, []))
  private let process: ProcessTree
  private let interval: Int

  init(process: ProcessTree, every interval: Int) {
    self.process = process
    self.interval = interval
  }

  /// Whether there is a call left.
  func take(of count: Int) -> Bool {
    let number = state.withLock { state -> Int? in
      guard state.taken < count else { return nil }
      state.taken += 1
      return state.taken
    }
    guard let number else { return false }
    if number.isMultiple(of: interval) {
      let bytes = process.anonymousBytes
      state.withLock { $0.samples.append((Double(number), bytes)) }
    }
    return true
  }

  /// Bytes a call, by least squares over the calls from `skipped` on.
  func slope(from skipped: Int) -> Double {
    let samples = state.withLock { $0.samples }.filter { $0.call > Double(skipped) }
    let count = Double(samples.count)
    let callMean = samples.reduce(0) { $0 + $1.call } / count
    let byteMean = samples.reduce(0) { $0 + $1.bytes } / count
    let above = samples.reduce(0) { $0 + ($1.call - callMean) * ($1.bytes - byteMean) }
    let below = samples.reduce(0) { $0 + ($1.call - callMean) * ($1.call - callMean) }
    return above / below
  }
}
