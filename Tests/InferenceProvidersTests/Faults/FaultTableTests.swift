import Inference
import ModelServer
import Testing

/// What upstreams do wrong, and what a route makes of it. Each row is played by real servers over real connections; the whole
/// is printed as a table.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct `Faults of upstreams` {
  struct Fault: Sendable {
    let number: String
    let upstream: String
    let outcome: String
    /// - Returns: whether it passed.
    let play: @Sendable (FaultRig) async throws -> Bool
    var contexts: (primary: Int?, fallback: Int?) = (nil, nil)
    var certificate: ShownCertificate?
  }

  @Test func `each ends as it should, and the next call succeeds`() async throws {
    var rows: [(fault: Fault, verdict: String)] = []
    for fault in Self.sixteen + Self.others {
      var hasPassed = false
      var isWellAfter = false
      try await FaultRig.run(contexts: fault.contexts, showing: fault.certificate) { rig in
        hasPassed = try await fault.play(rig)
        rig.primary.play(FaultRig.well)
        // A pause that a fault has caused is over by then.
        try await rig.clock.sleep(for: .seconds(15))
        // Who shows a wrong certificate has the same one afterwards.
        isWellAfter = await rig.ask().text == (fault.certificate == nil ? "all is well" : "from the fallback")
      }
      #expect(hasPassed, "\(fault.number): the upstream \(fault.upstream)")
      #expect(isWellAfter, "\(fault.number), the call after it: the upstream \(fault.upstream)")
      rows.append((fault, hasPassed && isWellAfter ? "pass" : "FAIL"))
    }
    for (fault, verdict) in rows {
      print("fault \(fault.number.padded(3)) \(fault.upstream.padded(62)) \(verdict)  \(fault.outcome)")
    }
    print("faults: \(rows.count { $0.verdict == "pass" }) of \(rows.count) passed")
  }

  // MARK: The sixteen

  private static let sixteen: [Fault] = [
    Fault(number: "1", upstream: "429 with Retry-After: 2 once, then well", outcome: "waited, then answered") { rig in
      rig.primary.play(inTurn: [.plain(429, "{}", headers: [["Retry-After", "2"]])])
      let outcome = await rig.ask()
      let pauses = rig.pauses(at: rig.primary)
      return outcome.text == "all is well" && pauses.count == 1 && pauses[0] >= .seconds(1.8)
    },
    Fault(number: "2", upstream: "429 always, no Retry-After", outcome: "tried 4 times, then the fallback") { rig in
      rig.primary.play(.plain(429, "{}"))
      let text = await rig.ask().text
      return text == "from the fallback" && rig.primary.received.count == 4
    },
    Fault(number: "3", upstream: "500 once, then well", outcome: "tried again, answered") { rig in
      rig.primary.play(inTurn: [.plain(500, "oops")])
      return await rig.ask().text == "all is well" && rig.fallback.received.isEmpty
    },
    Fault(number: "4", upstream: "503 always", outcome: "tried 4 times, then the fallback") { rig in
      rig.primary.play(.plain(503, "busy"))
      return await rig.ask().text == "from the fallback" && rig.primary.received.count <= 6
    },
    Fault(number: "5", upstream: "TCP reset before any byte, once", outcome: "tried again, answered") { rig in
      rig.primary.play(inTurn: [[.reset]])
      return await rig.ask().text == "all is well" && rig.fallback.received.isEmpty
    },
    Fault(number: "6", upstream: "reads the request and never answers", outcome: "one try, then the fallback") { rig in
      rig.primary.play([ModelServer.Step]())
      return await rig.ask().text == "from the fallback" && rig.primary.received.count == 1
    },
    Fault(number: "7", upstream: "head and role at once, and no word", outcome: "one try, the fallback") {
      rig in
      rig.primary.play(.beginning([]))
      let outcome = await rig.ask(.asItComes)
      return outcome.text == "from the fallback" && rig.primary.received.count == 1 && outcome.endings == 1
    },
    Fault(number: "8", upstream: "40 words, then the connection ends", outcome: "error; whole where nothing was told") {
      rig in
      let cut = .beginning(FaultRig.words) + [ModelServer.Step.cut]
      rig.primary.play(cut)
      let streamed = await rig.ask(.asItComes)
      rig.primary.play(inTurn: [cut])
      rig.primary.play(FaultRig.well)
      let whole = await rig.ask(.whole)
      return streamed.isHonest(.cut) && streamed.error?.kept == FaultRig.words.joined() && whole.text == "all is well"
    },
    Fault(
      number: "9", upstream: "20 words, then silence", outcome: "error, in production after 30 s; else the fallback"
    ) {
      rig in
      let words = Array(FaultRig.words[..<20])
      rig.primary.play(.beginning(words))
      let streamed = await rig.ask(.asItComes)
      let whole = await rig.ask(.whole)
      return streamed.isHonest(.stalled) && streamed.error?.kept == words.joined()
        && CallTimes().betweenPieces <= .seconds(30) && whole.text == "from the fallback"
    },
    Fault(number: "10", upstream: "a frame of broken JSON in mid-stream", outcome: "error; else the fallback") { rig in
      rig.primary.play(.beginning(["one"]) + [.event("{\"choices\":[{]")] + .ending(["two"]))
      let streamed = await rig.ask(.asItComes)
      let whole = await rig.ask(.whole)
      return streamed.isHonest(.nonsense) && streamed.error?.kept == "one" && whole.text == "from the fallback"
    },
    Fault(number: "11", upstream: "a whole answer, no [DONE], the line stays open", outcome: "ended, usage kept") {
      rig in
      rig.primary.play(Array(FaultRig.well.dropLast(2)))
      let outcome = await rig.ask(.asItComes)
      return outcome.text == "all is well" && (try? outcome.result.get().usage?.input) == 10
    },
    Fault(
      number: "12", upstream: "400 context_length_exceeded", outcome: "one try, then a model that takes more",
      play: { rig in
        rig.primary.play(
          .plain(400, #"{"error":{"code":"context_length_exceeded","message":"8192 tokens at most"}}"#))
        let text = await rig.ask().text
        let alone = await rig.ask(over: ["primary"])
        return text == "from the fallback" && rig.primary.received.count == 2 && alone.isHonest(.contextLength)
          && alone.error?.message.contains("8192 tokens at most") == true
      }, contexts: (8_192, 32_768)),
    Fault(number: "13", upstream: "400 content policy", outcome: "one try, the reason told") { rig in
      rig.primary.play(.plain(400, #"{"error":{"code":"content_policy_violation","message":"not this"}}"#))
      let outcome = await rig.ask()
      return outcome.isHonest(.contentFiltered) && outcome.error?.message.contains("not this") == true
        && rig.primary.received.count == 1 && rig.fallback.received.isEmpty
    },
    Fault(number: "14", upstream: "cut, and the fallback refuses a prefill", outcome: "gone on with, without a prefill")
    {
      rig in
      rig.primary.play(.beginning(["Once ", "upon "]) + [.cut])
      rig.fallback.play { request in
        let last = request.body.split(separator: #""role":""#).last?.prefix { $0 != "\"" }
        guard last != "assistant" else { return .plain(400, #"{"error":{"message":"prefill is not supported"}}"#) }
        return request.body.contains("Once upon ") ? .answer(["a time"]) : .answer(["who?"])
      }
      let outcome = await rig.ask(.asItComes, continues: true)
      return outcome.text == "Once upon a time" && outcome.endings == 1
    },
    Fault(number: "15", upstream: "503 for a minute, then well", outcome: "all answered, back within 30 s") { rig in
      let start = rig.clock.now
      rig.primary.play(.plain(503, "busy"))
      while start.duration(to: rig.clock.now) < .seconds(60) {
        guard await rig.ask().text == "from the fallback" else { return false }
        try await rig.clock.sleep(for: .seconds(2))
      }
      let triesMeanwhile = rig.primary.received.count
      rig.primary.play(FaultRig.well)
      // Somebody asks again when the longest pause is over, whose call is the one that finds out.
      try await rig.clock.sleep(for: .seconds(11))
      return await rig.ask().text == "all is well" && triesMeanwhile < 20
    },
    Fault(number: "16", upstream: "503: another model answers", outcome: "named, with its usage") { rig in
      rig.primary.play(.plain(503, "busy"))
      let answer = try await rig.ask(.asItComes).result.get()
      return answer.model == "fallback-model" && answer.usage?.input == 11
    },
  ]

  // MARK: Others

  /// Where nothing is told before the end, the fallback answers; where it is, an error of this kind ends it.
  private static func fault(
    _ letter: String, _ upstream: String, _ script: [ModelServer.Step], told kind: InferenceError.Kind
  ) -> Fault {
    Fault(number: letter, upstream: upstream, outcome: "\(kind.rawValue); else the fallback") { rig in
      rig.primary.play(script)
      let streamed = await rig.ask(.asItComes, over: ["primary"])
      let whole = await rig.ask(.whole)
      return streamed.isHonest(kind) && whole.text == "from the fallback"
    }
  }

  private static let others: [Fault] = [
    fault("a", "200, a word, then a reset", .beginning(["one"]) + [.wait(.milliseconds(50)), .reset], told: .cut),
    fault("b", "a clean end in mid-stream", .beginning(["one"]) + [.end], told: .cut),
    fault("c", "half a frame, then a cut", .beginning(["one"]) + [.text(#"data: {"choi"#), .cut], told: .cut),
    fault(
      "d", "half a character, then a cut",
      .beginning(["one"]) + [.bytes(Array(#"data: {"choices":[{"delta":{"content":""#.utf8) + [0xF0, 0x9F]), .cut],
      told: .cut),
    fault(
      "e", "a line of 10 MB", .beginning(["one"]) + [.text("data: " + String(repeating: "x", count: 10 << 20)), .end],
      told: .tooLarge),
    fault(
      "f", "words without end",
      .beginning([]) + [
        .endless(
          Array(
            "data: {\"choices\":[{\"delta\":{\"content\":\"\(String(repeating: "word ", count: 10_000))\"}}]}\n\n".utf8)
        )
      ],
      told: .tooLarge),
    fault(
      "g", "an error object inside the stream",
      .beginning(["one"]) + [.event(#"{"error":{"message":"it broke","code":502}}"#), .end], told: .overloaded),
    fault("h", "a page instead of an answer", .plain(200, "<html>", type: "text/html"), told: .nonsense),
    fault(
      "i", "a packed answer that was not asked for",
      .plain(200, "\u{1f}", type: "text/event-stream", headers: [["Content-Encoding", "gzip"]]), told: .nonsense),
    fault("j", "401", .plain(401, #"{"error":{"message":"bad key sk-canary-1234567890"}}"#), told: .badKey),
    fault("k", "404", .plain(404, #"{"error":{"code":"model_not_found"}}"#), told: .unknownModel),
    fault(
      "l", "429 that wants longer than is waited", .plain(429, "{}", headers: [["retry-after-ms", "11000"]]),
      told: .rateLimited),
    fault("m", "10 MB packed into 10 kB", packed + [.bytes(GzipBomb.bytes), .end], told: .nonsense),
    Fault(number: "n", upstream: "packed bytes without end", outcome: "nonsense; left unread") { rig in
      rig.primary.play(packed + [.endless(GzipBomb.bytes)])
      let outcome = await rig.ask(.asItComes, over: ["primary"])
      await rig.primary.departure()
      // What the system holds between the two is taken too.
      return outcome.isHonest(.nonsense) && rig.primary.received.count == 1 && rig.primary.bytesTaken < 32 << 20
    },
    Fault(number: "o", upstream: "500 with 10 MB packed into 10 kB", outcome: "tried 4 times; its words are not read") {
      rig in
      rig.primary.play(
        [.head(status: 500, headers: packing), .bytes(GzipBomb.bytes), .end])
      let outcome = await rig.ask(over: ["primary"])
      return outcome.isHonest(.overloaded) && outcome.error?.message.contains("It says") == false
        && rig.primary.received.count == 4
    },
    fault("p", "a certificate of another name", .otherName, says: "for another name"),
    fault("q", "a certificate whose time is over", .expired, says: "time is over"),
    fault("r", "a certificate that nobody vouches for", .selfSigned, says: "nobody whom this machine trusts"),
  ]

  private static let packing = [["Content-Type", "text/event-stream"], ["Content-Encoding", "gzip"]]
  private static let packed = [ModelServer.Step.head(status: 200, headers: packing)]

  /// Nothing is sent to who shows this certificate, and they are asked once a call; the fallback answers.
  private static func fault(
    _ letter: String, _ upstream: String, _ certificate: ShownCertificate, says words: String
  ) -> Fault {
    Fault(
      number: letter, upstream: upstream, outcome: "untrusted, nothing sent; else the fallback",
      play: { rig in
        let alone = await rig.ask(over: ["primary"])
        let text = await rig.ask().text
        return alone.isHonest(.untrusted) && alone.error?.isRetryable == false
          && alone.error?.message.contains(words) == true && text == "from the fallback"
          && rig.primary.received.isEmpty && rig.primary.connections == 2
      }, certificate: certificate)
  }

  @Test func `who proves to be who was to be asked is asked`() async throws {
    try await FaultRig.run(showing: .right) { rig in
      #expect(await rig.ask(over: ["primary"]).text == "all is well")
      #expect(rig.primary.received.count == 1)
    }
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
