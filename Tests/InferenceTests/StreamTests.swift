import InferenceConformance
import StrictJSON
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(5))) struct `The stream of an answer` {
  private func stream(
    limits: StreamLimits = StreamLimits(), _ produce: @escaping ModelStream.Production
  ) -> ModelStream {
    ModelStream(answering: InferenceConformance.request, by: "Test", limits: limits, produce)
  }

  private func failure(of stream: ModelStream) async throws -> InferenceError {
    try await #require(throws: InferenceError.self) { for try await _ in stream {} }
  }

  @Test func `hands on what is sent, without empty texts`() async throws {
    var events: [ModelEvent] = []
    let sent: [ModelEvent] = [
      .started(model: "m"), .text("a"), .text(""), .usage(TokenUsage(output: 1)), .finished(.stop),
    ]
    for try await event in stream({ sink in for event in sent { try await sink.send(event) } }) { events.append(event) }
    #expect(events == sent.filter { $0 != .text("") })
  }

  @Test(
    arguments: [
      ([], .cut), ([.text("a")], .nonsense), ([.finished(.stop)], .nonsense), ([.started(model: "m")], .cut),
      ([.started(model: "m"), .started(model: "m")], .nonsense),
    ] as [([ModelEvent], InferenceError.Kind)])
  func `holds a provider to the grammar`(sent: [ModelEvent], kind: InferenceError.Kind) async throws {
    let error = try await failure(of: stream { sink in for event in sent { try await sink.send(event) } })
    #expect(error.kind == kind)
  }

  @Test func `ends with its terminal event, whatever the provider does after it`() async throws {
    let answer = stream { sink in
      for event in [ModelEvent.started(model: "m"), .finished(.stop), .text("more")] { try await sink.send(event) }
    }
    var events: [ModelEvent] = []
    for try await event in answer { events.append(event) }
    #expect(events.last == .finished(.stop))
    #expect(events.count == 2)
  }

  @Test func `an error of no kind is a cut, with what was kept`() async throws {
    struct Odd: Error {}
    let error = try await failure(
      of: stream { sink in
        try await sink.send(.started(model: "m"))
        try await sink.send(.text("kept"))
        throw Odd()
      })
    #expect(error.kind == .cut)
    #expect(error.kept == "kept")
  }

  @Test func `is at most so many events ahead of its reader`() async throws {
    let (sent, note) = AsyncStream.makeStream(of: Int.self)
    let answer = stream { sink in
      try await sink.send(.started(model: "m"))
      for number in 1... {
        note.yield(number)
        try await sink.send(.text("x"))
      }
    }
    var iterator = answer.makeAsyncIterator()
    _ = try await iterator.next()
    // The reader has taken one; the sender fills the room there is, begins one more, and waits in it.
    var last = 0
    for await number in sent {
      last = number
      if number == ModelStream.eventsWaitingMax { break }
    }
    #expect(last == ModelStream.eventsWaitingMax)
    _ = try await iterator.next()
    for await number in sent {
      last = number
      break
    }
    #expect(last == ModelStream.eventsWaitingMax + 1)
  }

  @Test func `what is refused is not produced`() async throws {
    let (produced, note) = AsyncStream.makeStream(of: Void.self)
    var request = InferenceConformance.request
    request.temperature = 3
    let answer = ModelStream(answering: request, by: "Test") { _ in note.yield() }
    #expect(try await failure(of: answer).kind == .badRequest)
    note.finish()
    for await _ in produced { Issue.record("it was produced") }
  }

  @Test func `a request's faults are all named`() {
    var request = ModelRequest(
      model: "", messages: [ModelMessage(.user, "a\u{0}")], outputTokensMax: 0, temperature: .nan)
    request.stop = ["", "x"]
    #expect(
      request.faults().map(\.pointer) == ["/messages/0/text", "/outputTokensMax", "/temperature", "/stop/0", "/model"])
    #expect(InferenceConformance.request.faults().isEmpty)
  }
}

@Suite struct `Patience with a provider` {
  private func verdicts(_ steps: [(CallPatience.Phase?, Duration)]) -> [Bool] {
    var times = CallTimes()
    times.firstPiece = .seconds(20)
    times.betweenPieces = .seconds(5)
    times.trailer = .seconds(2)
    times.whole = .seconds(60)
    var patience = CallPatience(times)
    return steps.map { phase, now in
      if let phase { patience.enter(phase, at: now) }
      return patience.verdict(at: now, provider: "Test") != nil
    }
  }

  @Test func `ends at each time, and not before`() {
    #expect(verdicts([(nil, .seconds(19)), (nil, .seconds(20))]) == [false, true])
    #expect(verdicts([(.nextPiece, .seconds(10)), (nil, .seconds(14)), (nil, .seconds(15))]) == [false, false, true])
    #expect(verdicts([(.trailer, .seconds(10)), (nil, .seconds(11)), (nil, .seconds(12))]) == [false, false, true])
    #expect(verdicts([(.reader, .seconds(1)), (nil, .seconds(59)), (nil, .seconds(60))]) == [false, false, true])
  }

  @Test func `never oversleeps a time that begins while it waits`() {
    var patience = CallPatience(CallTimes())
    #expect(patience.nextLook(after: .zero) == CallTimes().trailer)
    patience.enter(.trailer, at: .seconds(1))
    #expect(patience.nextLook(after: .seconds(2)) == .seconds(3))
  }
}

@Suite struct `The price of a call` {
  private static let price = ModelPrice(inputMicros: 3_000_000, outputMicros: 15_000_000, cachedInputMicros: 300_000)

  @Test(
    arguments: [
      (TokenUsage(input: 1_000, output: 100), 4_500), (TokenUsage(input: 1, output: 0), 3),
      (TokenUsage(input: 1_000, output: 0, cachedInput: 1_000), 300), (TokenUsage(input: 0, output: 0), 0),
      (TokenUsage(input: 1, output: 0, cachedInput: 1), 1), (TokenUsage(), nil), (TokenUsage(input: 5), nil),
      (TokenUsage(output: 5), nil), (TokenUsage(input: -1, output: 5), nil),
      (TokenUsage(input: 1, output: 1, cachedInput: 2), nil), (TokenUsage(input: .max, output: 1), nil),
    ] as [(TokenUsage, Int64?)])
  func `is known only where all tokens are`(usage: TokenUsage, micros: Int64?) {
    #expect(Self.price.micros(of: usage) == micros)
  }
}
