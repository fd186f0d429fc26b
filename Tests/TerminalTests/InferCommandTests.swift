import Foundation
import Inference
import Storage
import StrictJSON
import Synchronization
import Testing
import Vocabulary

@testable import Operations
@testable import Terminal

@Suite("Asking models from the terminal", .timeLimit(.minutes(2)))
struct InferCommandTests {
  private static let answer: [QuestionEvent] = [
    .asked(QuestionTarget(provider: "OpenAI", model: "small")), .thinking("hm"), .text("Well "), .text("met.\u{1b}[2J"),
    .report(
      QuestionReport(
        model: "small-2026", finish: "stop", usage: TokenUsage(input: 7, output: 3), costMicros: 125,
        firstPieceMicros: 210_000, durationMicros: 1_430_000)),
  ]
  private static let failure = InferenceError(.badKey, from: "OpenAI", "OpenAI does not take the key.")

  @Test func `the answer is said as it comes, without what a terminal would obey, and the report goes to the side`()
    async throws
  {
    let bench = try Bench(.init(answer: Self.answer))
    #expect(await bench.run("infer", "hi", "--model", "fast") == .success)
    #expect(bench.output == "Well met.\\u{1b}[2J\n")
    #expect(
      bench.diagnostics
        == "small-2026 of OpenAI: 7 tokens in, 3 tokens out; cost $0.000125; first piece after 210 ms, whole after 1.4 s.\n"
    )
    #expect(bench.folder.log == ["ask fast “hi”", "close"])
  }

  @Test func `without words the question is standard input, and no words are none`() async throws {
    let bench = try Bench(.init(answer: Self.answer), input: Array("What is it?".utf8))
    #expect(await bench.run("infer") == .success)
    #expect(bench.folder.log == ["ask default “What is it?”", "close"])
    let silent = try Bench(.init(answer: Self.answer))
    #expect(await silent.run("infer", "-") == .usage)
    #expect(silent.folder.log.isEmpty)
  }

  @Test func `with --json there is one document, and with --stream a line for each event`() async throws {
    let bench = try Bench(.init(answer: Self.answer))
    #expect(await bench.run("infer", "hi", "--json") == .success)
    let document = try bench.document
    #expect(document["text"] == "Well met.\u{1b}[2J")
    #expect(document["asked"] == ["provider": "OpenAI", "model": "small"])
    #expect(document["report"]?["usage"]?["input"] == 7)
    let lines = try Bench(.init(answer: Self.answer))
    #expect(await lines.run("infer", "hi", "--json", "--stream") == .success)
    let events = try lines.output.split(separator: "\n").map {
      try JSON(parsing: String($0)).decode(QuestionEvent.self)
    }
    #expect(events == Self.answer)
    #expect(!lines.output.contains("\u{1b}"))
  }

  @Test(arguments: [["infer", "hi", "--stream"], ["infer", "hi", "--max-tokens", "0"], ["infer", "a", "b"]])
  func `what makes no sense is status 2, and nobody is asked`(arguments: [String]) async throws {
    let bench = try Bench(.init(answer: Self.answer))
    #expect(await bench.run(arguments) == .usage)
    #expect(bench.folder.log.isEmpty)
  }

  @Test(arguments: [["infer", "hi"], ["models", "test"], ["infer", "hi", "--json"], ["models", "test", "--json"]])
  func `without a whole answer the status is 1, with the provider's words and what had come`(
    arguments: [String]
  ) async throws {
    let bench = try Bench(
      .init(answer: [
        .asked(QuestionTarget(provider: "OpenAI", model: "small")), .text("Well"),
        .report(QuestionReport(durationMicros: 30_000, failure: .init(Self.failure))),
      ]))
    #expect(await bench.run(arguments) == .failed)
    #expect(bench.output.contains("Well"))
    #expect(bench.diagnostics.hasSuffix("Error: OpenAI does not take the key.\n"))
    #expect(bench.folder.log.last == "close")
  }

  @Test func `a question that was written down is answered the same again, and nobody is asked`() async throws {
    let bench = try Bench(.init(answer: Self.answer))
    let calls = bench.scratch.path + "/calls"
    #expect(await bench.run("infer", "hi", "--model", "fast", "--record", "calls") == .success)
    let files = try FileManager.default.contentsOfDirectory(atPath: calls)
    #expect(files.count == 1)
    let again = try Bench()
    #expect(await again.run("infer", "hi", "--model", "fast", "--replay", calls, "--json") == .success)
    #expect(again.opened.value.isEmpty)
    #expect(try again.document["text"] == "Well met.\u{1b}[2J")
    #expect(try again.document["report"]?["usage"]?["output"] == 3)
    let other = try Bench()
    #expect(await other.run("infer", "ho", "--model", "fast", "--replay", calls) == .failed)
    #expect(other.diagnostics.contains("was not recorded"))
    #expect(await other.run("infer", "hi", "--record", "a", "--replay", "b") == .usage)
  }

  @Test func `a failure that was written down is the same failure again`() async throws {
    let bench = try Bench(
      .init(answer: [
        .asked(QuestionTarget(provider: "OpenAI", model: "small")), .text("Well"),
        .report(QuestionReport(model: "small", durationMicros: 30_000, failure: .init(Self.failure))),
      ]))
    #expect(await bench.run("infer", "hi", "--record", "calls") == .failed)
    let again = try Bench()
    #expect(await again.run("infer", "hi", "--replay", bench.scratch.path + "/calls") == .failed)
    #expect(again.output == "Well\n")
    #expect(again.diagnostics.hasSuffix("Error: OpenAI does not take the key.\n"))
  }

  @Test func `Ctrl-C stops the call, and the folder is let go of`() async throws {
    var bench = try Bench(.init(answer: [.text("Well")], answerHangs: true))
    let asked = bench.folder
    bench.interrupts = {
      AsyncStream { continuation in
        let watching = Task {
          await asked.whenAnswerHangs()
          continuation.yield()
        }
        continuation.onTermination = { _ in watching.cancel() }
      }
    }
    #expect(await bench.run("infer", "hi") == .failed)
    #expect(bench.output == "Well")
    #expect(bench.diagnostics == "Error: Stopped.\n")
    #expect(bench.folder.log.last == "close")
  }

  @Test func `a test says what was asked, how long it took, and what it cost`() async throws {
    let bench = try Bench(.init(answer: Self.answer))
    #expect(await bench.run("models", "test", "fast") == .success)
    #expect(
      bench.output == """
        Asked        small of OpenAI, which answers as small-2026: “Answer with the one word: ready”
        Answer       “Well met.\\u{1b}[2J”
        First piece  after 210 ms
        Whole        after 1.4 s
        Tokens       7 tokens in, 3 tokens out
        Cost         $0.000125

        """)
  }

  @Test func `through a server the answer is read line by line, and one that breaks off is no answer`() async throws {
    let lines = try Self.answer.map { try JSON(encoding: $0).compactText() + "\n" }
    for (text, status) in [(lines.joined(), ExitStatus.success), (lines.dropLast().joined(), .failed)] {
      let reply = FakeServer.Reply.answer(200, [("Content-Type", "application/x-ndjson")], text)
      try await FakeServer.run(answering: reply) { server in
        let bench = try Bench()
        let lock = try FolderLock(
          bench.scratch.data,
          holder: FolderHolder(process: 4711, role: "server", since: Timestamp(microseconds: 0), version: "1.2.3"))
        try PrivateFile.write(Array("secret-token".utf8), to: bench.scratch.data.terminalToken)
        try lock.announce(address: server.address)
        #expect(await bench.run("infer", "hi", "--model", "fast") == status)
        lock.release()
        #expect(bench.output.hasPrefix("Well met."))
        let request = try #require(server.received.first)
        #expect(request.method == "POST" && request.path == "/api/v1/questions")
        #expect(try JSON(parsing: request.body) == ["model": "fast", "text": "hi"])
      }
    }
  }

  @Test func `lines are put together from any pieces, and one that is too long is refused`() throws {
    var lines = AnswerLines(lineMax: 4)
    #expect(try lines.add(Array("a\nbc".utf8)) == [Array("a".utf8)])
    #expect(try lines.add(Array("d\n\n\nef".utf8)) == [Array("bcd".utf8)])
    #expect(throws: TerminalError.self) { try lines.add(Array("ghi".utf8)) }
  }

  // MARK: Explaining

  @Test func `an explanation says the way, the price, what is held against it, and the budgets`() async throws {
    let upstream = Upstream(
      id: UpstreamID(connection: nil, model: "built-in"), provider: BuiltInModel(), contextTokens: 100_000,
      price: ModelPrice(inputMicros: 0, outputMicros: 0))
    let explanation = ModelExplanation(
      name: "default", route: ModelRoute("default", entries: [upstream]),
      entries: [ModelExplanation.Entry(upstream, of: nil, over: Upstreams())], budgets: [])
    let bench = try Bench(.init(explain: { _ in explanation }))
    #expect(await bench.run("models", "explain") == .success)
    #expect(bench.folder.log == ["explain default", "close"])
    #expect(
      bench.output == """
        “default” goes to one place.
        1. built-in of The built-in model, in this program
           price    nothing
           context  100000 tokens
           now      0 under way, 0 waiting; nothing is held against it
        Before the first piece of an answer each is asked again up to 3 times; no attempt begins after 600 s.
        No budget bounds it.

        """)
  }

  @Test func `what cannot be asked is status 1, with the reason`() async throws {
    let explanation = ModelExplanation(
      name: "default", route: nil, entries: [], budgets: [],
      problem: "The key of Mine is not in this database any more.")
    let bench = try Bench(.init(explain: { _ in explanation }))
    #expect(await bench.run("models", "explain", "default") == .failed)
    #expect(bench.output == "“default” cannot be asked now.\n")
    #expect(bench.diagnostics.contains("not in this database"))
  }
}
