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
      try await CallWatches(clock).run(Self.times, provider: "Test") { watch in
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
    let result = try await CallWatches(HandClock()).run(Self.times, provider: "Test") { _ in 7 }
    #expect(result == 7)
  }

  @Test func `passes an error of the call on`() async throws {
    struct Odd: Error {}
    await #expect(throws: Odd.self) {
      try await CallWatches(HandClock()).run(Self.times, provider: "Test") { _ in throw Odd() }
    }
  }

  @Test func `one sleeper looks after all calls`() async throws {
    let clock = HandClock()
    let watches = CallWatches(clock)
    for number in 0..<50 {
      #expect(try await watches.run(Self.times, provider: "Test") { _ in number } == number)
    }
    #expect(clock.sleeps <= 1)
  }

  @Test func `ends the call whose time is over and lets the others go on`() async throws {
    let clock = HandClock()
    let watches = CallWatches(clock)
    var hasty = Self.times
    hasty.firstPiece = .seconds(1)
    let (going, go) = AsyncStream.makeStream(of: Void.self)
    let patient = Task {
      try await watches.run(Self.times, provider: "Test") { _ in
        for await _ in going { return "well" }
        return "cancelled"
      }
    }
    let late = Task { [hasty] in
      try await watches.run(hasty, provider: "Test") { _ in try await ContinuousClock().sleep(for: .seconds(3_600)) }
    }
    // The sleep that was begun for the patient one is too long for the other.
    await clock.advance(toSleeper: .seconds(1))
    let error = await #expect(throws: InferenceError.self) { try await late.value }
    #expect(error?.kind == .stalled)
    go.yield()
    #expect(try await patient.value == "well")
  }

  @Test func `a call that its caller gives up is cancelled, and is no fault of the provider's`() async throws {
    let call = Task {
      try await CallWatches(HandClock()).run(Self.times, provider: "Test") { _ in
        try await ContinuousClock().sleep(for: .seconds(3_600))
      }
    }
    call.cancel()
    await #expect(throws: CancellationError.self) { try await call.value }
  }
}
