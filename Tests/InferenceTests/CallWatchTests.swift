import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(5))) struct `The watch over a call` {
  private static let times = {
    var times = CallTimes()
    times.firstPiece = .seconds(4)
    times.betweenPieces = .seconds(3)
    times.trailer = .seconds(2)
    times.whole = .seconds(9)
    return times
  }()

  /// How a call ends that says `phases` at its beginning and then waits until it is cancelled, while the clock is moved
  /// from look to look.
  private func end(
    looks: [Duration], _ begin: @escaping @Sendable (CallWatch) async throws -> Void
  ) async -> (any Error)? {
    let clock = HandClock()
    let call = Task {
      try await CallWatch.run(Self.times, clock: clock, provider: "Test") { watch in
        try await begin(watch)
        try await ContinuousClock().sleep(for: .seconds(3_600))
      }
    }
    for look in looks { await clock.advance(toSleeper: look) }
    guard case .failure(let error) = await call.result else { return nil }
    return error
  }

  @Test func `ends a call that says nothing, when its time is over and not before`() async throws {
    // It looks every two seconds, the shortest time there is.
    let error = await end(looks: [.seconds(2), .seconds(4)]) { _ in }
    #expect((error as? InferenceError)?.kind == .stalled)
    #expect("\(try #require(error))".contains("said nothing for 4.0 seconds"))
  }

  @Test func `ends a call that falls silent`() async throws {
    let error = await end(looks: [.seconds(2), .seconds(3)]) { $0.awaitNextPiece() }
    #expect("\(try #require(error))".contains("fell silent for 3.0 seconds"))
  }

  @Test func `does not count the time in which the reader is waited for`() async throws {
    let error = await end(looks: [.seconds(2), .seconds(4), .seconds(6), .seconds(8), .seconds(9)]) { watch in
      try await watch.pausing { try await ContinuousClock().sleep(for: .seconds(3_600)) }
    }
    #expect("\(try #require(error))".contains("was not done after 9.0 seconds"))
  }

  @Test func `gives the result of a call that ends in time, and looks no more`() async throws {
    let result = try await CallWatch.run(Self.times, clock: HandClock(), provider: "Test") { _ in 7 }
    #expect(result == 7)
  }

  @Test func `passes an error of the call on`() async throws {
    struct Odd: Error {}
    await #expect(throws: Odd.self) {
      try await CallWatch.run(Self.times, clock: HandClock(), provider: "Test") { _ in throw Odd() }
    }
  }
}
