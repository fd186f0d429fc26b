import Synchronization
import Testing
import Vocabulary

@testable import Inference

@Suite("The gate of a provider", .timeLimit(.minutes(5)))
struct UpstreamGateTests {
  private static func gate(_ clock: HandClock = HandClock(), _ change: (inout UpstreamLimits) -> Void) -> UpstreamGate {
    var limits = UpstreamLimits()
    change(&limits)
    return UpstreamGate(provider: "Test", limits: limits, watch: Stopwatch(clock))
  }

  private static func caller(_ number: UInt8) -> CallerID {
    .person(PersonID(UniqueID(high: 0, low: UInt64(number))))
  }

  /// Waits until so many wait.
  private func waiting(_ count: Int, at gate: UpstreamGate) async {
    while gate.load.waiting < count { await Task.yield() }
  }

  @Test func `lets in as many as it may, and the next when one leaves`() async throws {
    let gate = Self.gate { $0.concurrent = 2 }
    try await gate.enter(as: .program)
    try await gate.enter(as: .program)
    let third = Task { try await gate.enter(as: .program) }
    await waiting(1, at: gate)
    #expect(gate.load == (2, 1))
    gate.leave()
    try await third.value
    #expect(gate.load == (2, 0))
  }

  @Test func `callers take turns, whoever came first and with however many calls`() async throws {
    let gate = Self.gate { $0.concurrent = 1 }
    try await gate.enter(as: .program)
    let order = Log<UInt8>()
    var calls: [Task<Void, any Error>] = []
    for number in [1, 1, 1, 1, 2, 3, 2] as [UInt8] {
      calls.append(
        Task {
          try await gate.enter(as: Self.caller(number))
          order.note(number)
          gate.leave()
        })
      await waiting(calls.count, at: gate)
    }
    gate.leave()
    for call in calls { try await call.value }
    #expect(order.noted == [1, 2, 3, 1, 2, 1, 1])
  }

  @Test func `sends away who comes when too many wait`() async throws {
    let gate = Self.gate {
      $0.concurrent = 1
      $0.waitingMax = 1
    }
    try await gate.enter(as: .program)
    let second = Task { try await gate.enter(as: .program) }
    await waiting(1, at: gate)
    let error = await #expect(throws: InferenceError.self) { try await gate.enter(as: .program) }
    #expect(error?.kind == .overloaded && error?.retryAfter != nil)
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    #expect(gate.load == (1, 0))
  }

  @Test func `sends away who waited for too long`() async throws {
    let clock = HandClock()
    let gate = Self.gate(clock) { $0.concurrent = 1 }
    try await gate.enter(as: .program)
    let second = Task { try await gate.enter(as: .program) }
    await waiting(1, at: gate)
    while gate.load.waiting > 0 {
      clock.advance(by: .seconds(1))
      await Task.yield()
    }
    await #expect(throws: InferenceError.self) { try await second.value }
  }

  @Test func `keeps to so many a minute`() async throws {
    let clock = HandClock()
    let gate = Self.gate(clock) {
      $0.perMinute = 60
      $0.burst = 3
      $0.longestWait = .seconds(1_000)
    }
    let entered = Log<Duration>()
    let start = clock.now
    let calls = (0..<8).map { _ in
      Task {
        try await gate.enter(as: .program)
        entered.note(start.duration(to: clock.now))
      }
    }
    await waiting(5, at: gate)
    while gate.load.waiting > 0 {
      clock.advance(by: .milliseconds(250))
      for _ in 0..<100 { await Task.yield() }
    }
    for call in calls { try await call.value }
    let times = entered.noted.sorted()
    #expect(times[..<3].allSatisfy { $0 == .zero })
    for (number, time) in times.enumerated().dropFirst(3) { #expect(time >= .seconds(number - 2)) }
  }
}

/// What tasks note, in the order in which they did.
private final class Log<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  var noted: [Element] { elements.withLock { $0 } }
  func note(_ element: Element) { elements.withLock { $0.append(element) } }
}
