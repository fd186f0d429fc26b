package import Inference

/// What every provider of models promises, and the check of each promise.
///
/// ```swift
/// @Test(arguments: InferenceConformance.cases)
/// func `the provider keeps its promises`(_ promise: ConformanceCase) async throws {
///   #expect(try await promise.run(on: MyRig()))
/// }
/// ```
package enum InferenceConformance {
  package static let cases: [ConformanceCase] = answers + failures + leaving

  /// Pieces that are easily damaged: blanks, line ends, quotation marks, characters of several bytes and scalars, JSON,
  /// and what looks like the protocol itself.
  package static let pieces = [
    "Grimjaw", " ", "draws\n\n", "\"his\" ", "sw", "ørd 🗡️", "\\n ", "data: [DONE]\n\n", "{\"a\":", "1}", "👩‍👩‍👧‍👦", "é",
    "e\u{301}",
  ]

  package static let request = ModelRequest(
    model: "test-model",
    messages: [ModelMessage(.system, "You are the narrator."), ModelMessage(.user, "I open the door.")],
    outputTokensMax: 200, temperature: 0.5, stop: ["END"])

  private static let answers: [ConformanceCase] = [
    ConformanceCase(
      "an answer begins once, ends once, and keeps its text byte for byte", when: .answers(pieces, usage: nil)
    ) {
      provider, rig in
      let transcript = await Transcript(of: provider.stream(rig.request(for: .answers(pieces, usage: nil))))
      if let error = transcript.error { throw error }
      guard case .started(let model) = transcript.events.first else { throw ConformanceFailure("it did not begin") }
      try expect(model, is: rig.model, "the model")
      try expect(transcript.endings, is: 1, "terminal events")
      try expect(transcript.events.last, is: .finished(.stop), "the last event")
      try expect(Array(transcript.text.utf8), is: Array(rig.text(of: pieces).utf8), "the bytes of the text")
    },
    ConformanceCase("usage that was not told is unknown, not zero", when: .answers(["a"], usage: nil)) {
      provider, rig in
      let request = rig.request(for: .answers(["a"], usage: nil))
      try expect(try await provider.answer(to: request).usage, is: nil, "the usage")
    },
    ConformanceCase(
      "usage that was told is told, and comes before the end",
      when: .answers(["a"], usage: TokenUsage(input: 12, output: 3))
    ) { provider, _ in
      let events = await Transcript(of: provider.stream(request)).events
      try expect(Array(events.suffix(2)), is: [.usage(TokenUsage(input: 12, output: 3)), .finished(.stop)], "the end")
    },
    ConformanceCase("an answer without a word is an answer", when: .answers([], usage: nil)) { provider, rig in
      let answer = try await provider.answer(to: rig.request(for: .answers([], usage: nil)))
      try expect(answer.text, is: rig.text(of: []), "the text")
    },
    ConformanceCase("a bound that was reached is told", when: .runsOut(["a", "b"])) { provider, _ in
      let answer = try await provider.answer(to: request)
      try expect(answer.finish, is: .length, "the reason")
    },
    ConformanceCase("each reading is a call of its own", when: .answers(["a", "b"], usage: nil)) { provider, rig in
      let stream = provider.stream(rig.request(for: .answers(["a", "b"], usage: nil)))
      for _ in 1...2 { try expect(await Transcript(of: stream).text, is: rig.text(of: ["a", "b"]), "the text") }
    },
    ConformanceCase("calls at the same time do not mix", when: .answers(pieces, usage: nil)) { provider, rig in
      let request = rig.request(for: .answers(pieces, usage: nil))
      let texts = await withTaskGroup { group in
        for _ in 0..<20 { group.addTask { await Transcript(of: provider.stream(request)).text } }
        return await group.reduce(into: [String]()) { $0.append($1) }
      }
      try expect(texts, is: Array(repeating: rig.text(of: pieces), count: 20), "the texts")
    },
    ConformanceCase("a request beyond the bounds is refused before it is sent", when: .answers(["a"], usage: nil)) {
      provider, rig in
      var broken = rig.request(for: .answers(["a"], usage: nil))
      broken.messages = []
      let error = try await Transcript(of: provider.stream(broken)).failure(.badRequest)
      guard error.message.contains("/messages") else { throw ConformanceFailure("no place in “\(error)”") }
    },
  ]

  private static let failures: [ConformanceCase] = [
    ConformanceCase("an answer that is cut is no answer, and what came is kept", when: .isCut(after: ["one ", "two"])) {
      provider, _ in
      let error = try await Transcript(of: provider.stream(request)).failure(.cut)
      try expect(error.kept, is: "one two", "the text kept")
      try expect(error.isRetryable, is: true, "whether asking again may help")
    },
    ConformanceCase("an answer that is cut before its first word is cut", when: .isCut(after: [])) { provider, _ in
      _ = try await Transcript(of: provider.stream(request)).failure(.cut)
    },
    ConformanceCase("a silence ends", when: .fallsSilent(after: ["one"])) { provider, _ in
      let error = try await Transcript(of: provider.stream(request)).failure(.stalled)
      try expect(error.kept, is: "one", "the text kept")
    },
    ConformanceCase("a key that is not accepted is named as that", when: .refusesKey) { provider, _ in
      let error = try await Transcript(of: provider.stream(request)).failure(.badKey)
      try expect(error.isRetryable, is: false, "whether asking again may help")
    },
    ConformanceCase("a wish to be left alone says for how long", when: .wantsPause(seconds: 7)) { provider, _ in
      let error = try await Transcript(of: provider.stream(request)).failure(.rateLimited)
      try expect(error.retryAfter, is: .seconds(7), "the time to wait")
      try expect(error.isRetryable, is: true, "whether asking again may help")
    },
    ConformanceCase("a provider with a fault may be asked again", when: .isOverloaded) { provider, _ in
      try expect(
        try await Transcript(of: provider.stream(request)).failure(.overloaded).isRetryable, is: true,
        "whether asking again may help")
    },
    ConformanceCase("a provider that is not there is refused", when: .isGone) { provider, _ in
      _ = try await Transcript(of: provider.stream(request)).failure(.refused)
    },
  ]

  /// How soon an upstream is to be left.
  package static let leavingMax = Duration.seconds(1)
  /// A busy machine may be slower by itself: one time in so many shows what the provider can do.
  private static let triesMax = 5

  private static let leaving: [ConformanceCase] = [
    ConformanceCase(
      "the upstream is left within a second when the reader stops reading", when: .neverEnds("on and on ")
    ) { provider, rig in
      try await demandInTime {
        for try await event in provider.stream(request) {
          if case .text = event { break }
        }
        return await ContinuousClock().measure { await rig.departure() }
      }
    },
    ConformanceCase(
      "the upstream is left within a second when the reading task is cancelled", when: .fallsSilent(after: ["one"])
    ) { provider, rig in
      try await demandInTime {
        let (heard, tell) = AsyncStream.makeStream(of: Void.self)
        let reading = Task {
          for try await event in provider.stream(request) { if case .text = event { tell.yield() } }
        }
        for await _ in heard { break }
        let time = await ContinuousClock().measure {
          reading.cancel()
          await rig.departure()
        }
        guard case .failure(let error) = await reading.result, error is CancellationError else {
          throw ConformanceFailure("the reading did not end with the cancellation")
        }
        return time
      }
    },
  ]

  private static func demandInTime(_ attempt: () async throws -> Duration) async throws {
    var fastest = try await attempt()
    for _ in 1..<triesMax where fastest > leavingMax { fastest = min(fastest, try await attempt()) }
    guard fastest <= leavingMax else {
      throw ConformanceFailure("the upstream was left after \(fastest), and \(leavingMax) are allowed")
    }
  }
}
