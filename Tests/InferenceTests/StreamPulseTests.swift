import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(5))) struct `The pulse of streams` {
  /// What a reader gets of a hand-off, which it has begun to wait for when this returns.
  private func awaitPiece(of pieces: HandOff<String>) async -> Task<String?, any Error> {
    let reader = Task { try await pieces.next() }
    while !pieces.isAwaited { await Task.yield() }
    return reader
  }

  @Test func `gives a heartbeat to who has waited from one beat to the next, and to nobody else`() async throws {
    let pieces = HandOff<String>(capacity: 4)
    pieces.beat { "too early" }
    let first = await awaitPiece(of: pieces)
    pieces.beat { "too early" }
    try await pieces.send("a piece")
    #expect(try await first.value == "a piece")
    let second = await awaitPiece(of: pieces)
    pieces.beat { "too early" }
    #expect(pieces.isAwaited)
    pieces.beat { "heartbeat" }
    #expect(try await second.value == "heartbeat")
    // Another silence begins with it.
    let third = await awaitPiece(of: pieces)
    pieces.beat { "too early" }
    #expect(pieces.isAwaited)
    try await pieces.send("the end")
    #expect(try await third.value == "the end")
  }

  @Test func `looks every half of a silence, and takes nothing away from what comes`() async throws {
    let clock = HandClock()
    let pulse = StreamPulse(silence: .seconds(15), clock: clock)
    let (gate, opening) = AsyncStream<Never>.makeStream()
    let stream = try await ByteStream.begin { write in
      try await write(Array("one ".utf8))
      for await _ in gate {}
      try await write(Array("two".utf8))
    }
    let seat = pulse.join(stream, ": ping ")
    let running = Task { try await pulse.run() }
    let reader = Task {
      var text = ""
      for try await bytes in stream {
        text += String(decoding: bytes, as: UTF8.self)
        // Two silences, and then it goes on.
        if text.split(separator: " ").filter({ $0 == "ping" }).count == 2 { opening.finish() }
      }
      return text
    }
    let isDone = Task {
      _ = await reader.result
      running.cancel()
    }
    var looks = 0
    while !running.isCancelled {
      looks += 1
      await clock.advance(toSleeper: .milliseconds(7_500 * looks))
    }
    await isDone.value
    #expect(try await reader.value == "one : ping : ping two")
    #expect(looks >= 4)
    pulse.leave(seat)
    #expect(pulse.count == 0)
  }
}
