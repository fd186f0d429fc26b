import Inference
import Jobs
import Operations
import Storage
import StrictJSON
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import Proposals

@Suite("Summaries of the older story", .timeLimit(.minutes(2)))
struct SummaryTests {
  /// Tells each turn at length, and sums up what it is asked to.
  private final class Teller: ModelProvider {
    let name = "The teller"
    /// What a summary is answered with; it may do something first.
    let summing: Mutex<@Sendable () async throws -> String>
    private let asked = Mutex<[ModelRequest]>([])

    init(summing: @escaping @Sendable () async throws -> String) { self.summing = Mutex(summing) }

    var requests: [ModelRequest] { asked.withLock { $0 } }
    var summaries: [String] { requests.map(\.system).filter { $0.contains("You keep the memory") } }
    var turns: [String] { requests.map(\.system).filter { !$0.contains("You keep the memory") } }

    func stream(_ request: ModelRequest) -> ModelStream {
      asked.withLock { $0.append(request) }
      let isSummary = request.system.contains("You keep the memory")
      let said = request.messages.last?.text ?? ""
      let sum = summing.withLock { $0 }
      return ModelStream(answering: request, by: name) { sink in
        try await sink.send(.started(model: "teller-1"))
        let text = isSummary ? try await sum() : "Told of \(said). " + SummaryTests.filler
        try await sink.send(.text(text))
        try await sink.send(.usage(TokenUsage(input: 100, output: 20)))
        try await sink.send(.finished(.stop))
      }
    }
  }

  /// Some 1,000 tokens.
  private static let filler = String(repeating: "And more of it was told. ", count: 140)

  /// One model for turns and one for summaries, and who asked for them.
  private final class Router: ModelRouter {
    private let model, summarizer: ChosenModel
    private let asked = Mutex<[CallContext]>([])

    init(_ model: ChosenModel, forSummaries summarizer: ChosenModel) {
      self.model = model
      self.summarizer = summarizer
    }

    var contexts: [CallContext] { asked.withLock { $0 } }

    func chosen(for context: CallContext, delivery: AnswerDelivery) async throws -> ChosenModel? {
      asked.withLock { $0.append(context) }
      return context.task == "summary" ? summarizer : model
    }
  }

  private struct Bench {
    let world: TestWorkspace
    let turns: TestTurns
    let teller: Teller
    let router: Router

    init(_ teller: Teller, contextTokens: Int = 8_000, summarizer: (any ModelProvider)? = nil) async throws {
      world = try await TestWorkspace(extra: [TestTurns.tables])
      self.teller = teller
      let models = [teller, summarizer ?? teller].map { provider in
        ChosenModel(
          provider: provider, model: "teller", contextTokens: contextTokens,
          price: ModelPrice(inputMicros: 1_000_000, outputMicros: 1_000_000))
      }
      router = Router(models[0], forSummaries: models[1])
      turns = try TestTurns(world, router: router, surfaces: [Table()])
    }

    /// Runs `body` beside a worker.
    func working(_ body: () async throws -> Void) async throws {
      let work = Task { [worker = turns.worker()] in try await worker.run() }
      defer { work.cancel() }
      try await body()
    }

    /// A thought and its answer, and whatever is done after it.
    @discardableResult func think(_ text: String) async throws -> Run {
      let (run, _) = try await turns.desk.begin(
        TurnDesk.Request(mode: .think, text: text), on: TurnBench.subject, as: world.owner)
      return try await settled(run.id)
    }

    /// A turn that can be undone.
    func rename() async throws -> Run {
      let proposal: JSON = [
        "operations": [["operation": "rename_workspace", "input": ["name": "New", "revision": 1]]]
      ]
      let (run, _) = try await turns.desk.begin(
        TurnDesk.Request(mode: .act, text: "a name", proposal: proposal), on: TurnBench.subject, as: world.owner)
      return try await settled(run.id)
    }

    /// The run when no job is left to be done.
    func settled(_ id: RunID) async throws -> Run {
      while try await openJobs > 0 { try await Task.sleep(for: .milliseconds(5)) }
      return try await turns.desk.show(id, as: world.owner).run
    }

    private var openJobs: Int64 {
      get async throws {
        try await world.database.read("test.jobs", in: world.workspace) { state in
          try state.value(
            "SELECT COUNT(*) FROM jobs WHERE workspace = \(state.workspace) AND state IN ('queued', 'running')") ?? 0
        }
      }
    }

    /// Thinks until a summary was asked for; gives the runs.
    func thinkUntilSummary() async throws -> [Run] {
      var runs: [Run] = []
      while runs.last?.summary == nil {
        try #require(runs.count < 15, "the story never lacked room")
        runs.append(try await think("thought \(runs.count + 1)"))
      }
      return runs
    }

    var summaries: Int { get async throws { try await world.count("run_summaries") } }
  }

  @Test func `what has no room any more is summed up after the turn, and stands in the next prompt as a summary`()
    async throws
  {
    let bench = try await Bench(Teller { "They met the miller." })
    try await bench.working {
      let runs = try await bench.thinkUntilSummary()
      let last = try #require(runs.last)
      #expect(last.calls.last?.leftOut?.contains("the older part of the story") == true)
      #expect(last.calls.last?.storyRoom != nil)
      let call = try #require(last.summary)
      #expect(call.state == .answered)
      #expect(call.prompt == "turn-summary@1")
      #expect(call.reply == "They met the miller.")
      #expect(call.costMicros == 120)
      let asked = try #require(bench.teller.summaries.first)
      #expect(asked.contains("It begins.") && asked.contains("Told of thought 1."))
      #expect(!asked.contains("Told of thought \(runs.count)."), "the newest stays as it is")

      let next = try await bench.think("on")
      let prompt = try #require(bench.teller.turns.last)
      #expect(prompt.contains("as teller-1 summed it up"))
      #expect(prompt.contains("They met the miller."))
      #expect(prompt.contains("Told of thought \(runs.count)."))
      #expect(!prompt.contains("Told of thought 1."))
      #expect(next.calls.last?.leftOut?.contains("story") != true)
      #expect(next.summary == nil, "it is made once")
    }
  }

  @Test func `the next summary is made of the one before it and the turns since, each read once`() async throws {
    let count = Mutex(0)
    let bench = try await Bench(
      Teller {
        let number = count.withLock { count in
          count += 1
          return count
        }
        return "Memory \(number)."
      })
    try await bench.working {
      for number in 1...20 { try await bench.think("thought \(number)") }
      let summaries = bench.teller.summaries
      #expect(summaries.count >= 2)
      #expect(summaries.count <= 10, "not after each turn")
      for (index, asked) in summaries.enumerated().dropFirst() {
        #expect(asked.contains("Memory \(index)."))
        #expect(!asked.contains("Told of thought 1.") && !asked.contains("It begins."))
      }
      // Every thought is in just one summary, in order, without a gap.
      let told = (1...20).map { number in summaries.count { $0.contains("Told of thought \(number). ") } }
      #expect(told.drop { $0 == 1 }.allSatisfy { $0 == 0 }, "\(told)")
    }
  }

  @Test func `it is asked for in the name of the person, as a task of its own, and survives a start`() async throws {
    let bench = try await Bench(Teller { "They met the miller." })
    try await bench.working { _ = try await bench.thinkUntilSummary() }
    let context = try #require(bench.router.contexts.last)
    #expect(context.task == "summary" && context.prompt == "turn-summary@1" && context.surface == .tabletop)
    #expect(context.person == bench.world.owner.person && context.run != nil)
    let later = try TestTurns(bench.world, router: bench.router, surfaces: [Table()])
    _ = try await later.take("on", mode: .think, on: TurnBench.subject)
    #expect(bench.teller.turns.last?.contains("They met the miller.") == true)
  }

  @Test(arguments: ["", String(repeating: "x", count: 9_000)])
  func `an answer that is no summary is kept from prompts, and the turns go on without`(text: String) async throws {
    let bench = try await Bench(Teller { text })
    try await bench.working {
      let run = try #require(try await bench.thinkUntilSummary().last)
      #expect(run.outcome == .told)
      #expect(run.summary?.state == .failed)
      #expect(try await bench.summaries == 0)
      #expect(try await bench.think("on").outcome == .told)
    }
  }

  @Test func `when no summary comes the turn stands, and the next one is as before`() async throws {
    let bench = try await Bench(Teller { throw InferenceError(.refused, from: "The teller", "It is away.") })
    try await bench.working {
      let run = try #require(try await bench.thinkUntilSummary().last)
      #expect(run.outcome == .told && run.problem == nil)
      #expect(run.summary?.state == .failed)
      #expect(run.summary?.error == "It is away.")
      let next = try await bench.think("on")
      #expect(next.outcome == .told)
      #expect(next.calls.last?.leftOut?.contains("the older part of the story") == true)
    }
  }

  @Test func `the built-in model is not asked for one`() async throws {
    let bench = try await Bench(Teller { "never" }, summarizer: BuiltInModel())
    try await bench.working {
      for number in 1...12 {
        let run = try await bench.think("thought \(number)")
        #expect(run.summary == nil)
      }
      #expect(bench.teller.turns.last?.contains("the older part of the story") == true)
    }
  }

  @Test func `where the story has room for hardly more than a summary none is made`() async throws {
    let bench = try await Bench(Teller { "never" }, contextTokens: 2_500)
    try await bench.working {
      for number in 1...4 { try await bench.think("thought \(number)") }
      #expect(bench.teller.summaries.isEmpty)
    }
  }

  @Test func `a turn that is undone takes the summaries with it that it is in, and is told to nobody`() async throws {
    let bench = try await Bench(Teller { "They met the miller." })
    try await bench.working {
      let run = try await bench.rename()
      #expect(run.outcome == .executed)
      let runs = try await bench.thinkUntilSummary()
      #expect(try await bench.summaries == 1)
      _ = try await bench.turns.desk.undo(run.id, as: bench.world.owner)
      #expect(try await bench.summaries == 0)
      _ = try await bench.think("on")
      #expect(bench.teller.turns.last?.contains("They met the miller.") == false)
      let asked = try #require(bench.teller.summaries.last)
      #expect(asked.contains("Told of thought 1.") && !asked.contains("a name"))
      #expect(runs.count > 1)
    }
  }

  @Test func `what changes while it is summed up is in no summary that is kept`() async throws {
    let teller = Teller { "They met the miller." }
    let bench = try await Bench(teller)
    try await bench.working {
      let first = try await bench.rename()
      teller.summing.withLock {
        $0 = {
          _ = try await bench.turns.desk.undo(first.id, as: bench.world.owner)
          return "They have a new name."
        }
      }
      let run = try #require(try await bench.thinkUntilSummary().last)
      #expect(run.summary?.state == .failed)
      #expect(run.summary?.error?.contains("undone") == true)
      #expect(try await bench.summaries == 0)
    }
  }

  @Test func `of a subject the last twenty are kept`() async throws {
    let world = try await TestWorkspace(extra: [TestTurns.tables])
    let table = SummaryTable(sealer: world.ring)
    let (latest, early) = try await world.database.write("test.summaries", in: world.workspace) { transaction in
      for number in 1...25 {
        try table.put(
          StorySummary(through: Int64(number), text: "\(number)", model: "m"), on: "things/this", in: transaction)
      }
      return (
        try table.latest(on: "things/this", before: 100, in: transaction)?.text,
        try table.latest(on: "things/this", before: 6, in: transaction)?.text
      )
    }
    #expect(latest == "25" && early == nil)
    #expect(try await world.count("run_summaries") == 20)
  }
}

extension ModelRequest {
  fileprivate var system: String { messages.first?.text ?? "" }
}
