import Inference
import Operations
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Proposals

@Suite("Turns", .timeLimit(.minutes(2)))
struct TurnTests {
  private typealias Bench = TurnBench

  @Test func `a turn is proposed, rehearsed, executed and told, and its rows name it`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("The sign is new.\n\nCHOICES:\n- Go in\n- Wait")])
    let run = try await bench.take("rename it")
    #expect(run.outcome == .executed)
    #expect(run.narrative == Narrative(text: "The sign is new.", by: .model, choices: ["Go in", "Wait"]))
    #expect(run.operations.map(\.status) == [.executed, .executed])
    #expect(run.calls.map(\.purpose) == [.propose, .narrate])
    #expect(run.calls.map(\.prompt) == ["turn-propose@1", "turn-narrate@1"])
    #expect(run.calls[0].usage == TokenUsage(input: 100, output: 20))
    #expect(run.calls[0].costMicros == 300)
    #expect(try await bench.world.read("show_journal_row", ["number": 4])["proposal"]?.text == "\(run.id)")
    #expect(try await bench.world.read("show_workspace")["name"] == "New")
    #expect(try await bench.world.rebuild(reexecuting: true).isEqual)
  }

  @Test func `the telling is asked with the real numbers`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("Told.")])
    let run = try await bench.take()
    let message = try #require(run.operations[0].display?.message)
    #expect(bench.model.requests[1].messages[0].text.contains("- executed: \(message)"))
    #expect(bench.model.requests[1].messages[0].text.contains("A name is found."))
  }

  @Test func `every stage is an event, and the last one has the outcome`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("Told.")])
    let run = try await bench.take()
    let told = try await bench.world.database.read("test.events", in: bench.world.workspace) { state in
      try state.rows(
        "SELECT type, payload FROM events WHERE workspace = \(state.workspace) AND topic = 'things/this' ORDER BY number"
      ).map { row -> String in
        let payload: [UInt8] = try row.get("payload")
        let body = try JSON(parsing: Array(payload.dropFirst()))
        return body["run"]?["stage"]?.text ?? body["run"]?["outcome"]?.text ?? "draft"
      }
    }
    var stages: [String] = []
    for stage in told where stage != stages.last && stage != "draft" { stages.append(stage) }
    #expect(stages == ["proposing", "rehearsing", "executing", "narrating", "executed"])
    #expect(run.endedAt != nil)
  }

  @Test func `a wrong proposal is asked for once more, with everything that was wrong`() async throws {
    let bench = try await Bench([.text(Bench.bad), .text(Bench.good), .text("Told.")])
    let run = try await bench.take()
    #expect(run.outcome == .executed)
    #expect(run.attempts.map(\.faults.count) == [1, 0])
    #expect(run.attempts[0].faults[0].repair == "roll_dice")
    let repair = try #require(bench.model.requests[1].messages.last?.text)
    #expect(repair.contains("VALIDATION ERRORS"))
    #expect(repair.contains("/operations/0/operation"))
    #expect(repair.contains(#"Suggested: "roll_dice""#))
  }

  @Test(arguments: [
    "not JSON at all", "Here you are: \(TurnBench.good)", TurnBench.bad, #"{"operations":[]}"#,
    #"{"operations":"#,
  ])
  func `a model that is wrong twice changes nothing and tells a story`(answer: String) async throws {
    let bench = try await Bench([.text(answer), .text(answer), .text("You hold your breath.")])
    let run = try await bench.take()
    #expect(run.outcome == .classic)
    #expect(run.narrative?.text == "You hold your breath.")
    #expect(run.calls.map(\.purpose) == [.propose, .repair, .classic])
    #expect(run.attempts.count == 2)
    #expect(run.attempts.allSatisfy { !$0.faults.isEmpty })
    #expect(try await bench.world.count("journal") == 2)
  }

  @Test func `wrong twice and without a story it is refused, and says what was wrong`() async throws {
    let bench = try await Bench([.text(Bench.bad), .text(Bench.bad), .refused])
    let run = try await bench.take()
    #expect(run.outcome == .refused)
    #expect(run.problem?.contains("nothing was changed") == true)
    #expect(try await bench.world.count("journal") == 2)
  }

  @Test(arguments: [ScriptedModel.Reply.refused, .cut(#"{"operations":[{"operation":"roll_d"#)])
  func `without an answer nothing is drawn, and the text is kept`(reply: ScriptedModel.Reply) async throws {
    let bench = try await Bench([reply])
    let run = try await bench.take("I open the door")
    #expect(run.outcome == .modelUnavailable)
    #expect(run.text == "I open the door")
    #expect(run.problem?.contains("The scripted model") == true)
    #expect(run.calls.map(\.state) == [.failed])
    #expect(try await bench.world.count("journal") == 2)
  }

  @Test(arguments: [ScriptedModel.Reply.refused, .cut("The sign"), .text("CHOICES:\n- Go")])
  func `when nobody tells it, what was done stands and is told from its results`(reply: ScriptedModel.Reply)
    async throws
  {
    let bench = try await Bench([.text(Bench.good), reply])
    let run = try await bench.take()
    #expect(run.outcome == .executed)
    #expect(run.narrative?.by == .results)
    #expect(run.narrative?.text.contains("2d6 = ") == true)
    #expect(try await bench.world.read("show_workspace")["name"] == "New")
  }

  @Test func `it can be told again, which executes nothing`() async throws {
    let bench = try await Bench([.text(Bench.good), .refused, .text("Now it is told.")])
    let run = try await bench.take()
    let rows = try await bench.world.count("journal")
    #expect(try await bench.desk.tellAgain(run.id, as: bench.world.owner).stage == .narrating)
    let again = try await bench.turns.end(of: run.id)
    #expect(again.narrative == Narrative(text: "Now it is told.", by: .model))
    #expect(again.operations == run.operations)
    #expect(try await bench.world.count("journal") == rows)
  }

  @Test func `asked twice with one key, it is told again once, and undone once`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("Told."), .text("Again."), .text("Never.")])
    let run = try await bench.take()
    let key = IdempotencyKey("once")
    for _ in 0..<2 {
      _ = try await bench.desk.tellAgain(run.id, as: bench.world.owner, key: key)
      #expect(try await bench.turns.end(of: run.id).narrative?.text == "Again.")
    }
    for _ in 0..<2 {
      #expect(try await bench.desk.undo(run.id, as: bench.world.owner, key: key).undoneAt != nil)
    }
    #expect(bench.model.requests.count == 3)
  }

  /// A record lies deeper than the proposal in it; one as deep as is read could not be read again.
  @Test func `a proposal as deep as is read is refused, and its run read again`() async throws {
    let deep = String(repeating: "[", count: 59) + String(repeating: "]", count: 59)
    let answer = #"{"operations":[{"operation":"roll_dice","input":{"notation":"1d6","purpose":\#(deep)}}]}"#
    let bench = try await Bench([.text(answer), .text(answer), .text("Nothing stirs.")])
    #expect(try await bench.take().outcome == .classic)
  }

  @Test func `a model that does not stop talking is left, and the turn ends`() async throws {
    let endless = String(repeating: "and then ", count: 40_000)
    let proposing = try await Bench([.text(endless)])
    #expect(try await proposing.take().outcome == .modelUnavailable)
    let telling = try await Bench([.text(Bench.good), .text(endless)])
    let run = try await telling.take()
    #expect(run.outcome == .executed && run.narrative?.by == .results)
  }

  @Test func `telling again that fails keeps what was told before`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("Told."), .refused])
    let run = try await bench.take()
    _ = try await bench.desk.tellAgain(run.id, as: bench.world.owner)
    #expect(try await bench.turns.end(of: run.id).narrative?.text == "Told.")
  }

  @Test func `words without operations change nothing`() async throws {
    let bench = try await Bench([.text(#"{"operations":[],"say":"Which door?","examples":["The red one"]}"#)])
    let run = try await bench.take("I open the door")
    #expect(run.outcome == .told)
    #expect(run.say == "Which door?")
    #expect(run.examples == ["The red one"])
  }

  @Test func `thinking asks for no operations`() async throws {
    let bench = try await Bench([.text("It is risky.\nCHOICES:\n- Run")])
    let run = try await bench.take("can I win?", mode: .think)
    #expect(run.outcome == .told)
    #expect(run.narrative == Narrative(text: "It is risky.", by: .model, choices: ["Run"]))
    #expect(run.calls.map(\.purpose) == [.think])
    #expect(try await bench.world.count("journal") == 2)
  }

  @Test func `a proposal by hand asks no model for one`() async throws {
    let bench = try await Bench([.text("Told.")])
    let run = try await bench.take("", proposal: try JSON(parsing: Bench.good))
    #expect(run.outcome == .executed)
    #expect(run.isByHand)
    #expect(run.calls.map(\.purpose) == [.narrate])
  }

  @Test func `a proposal by hand that cannot be executed is refused whole, nothing written`() async throws {
    let bench = try await Bench([])
    let error = await #expect(throws: OperationError.self) {
      try await bench.take("", proposal: try JSON(parsing: Bench.bad))
    }
    #expect(error?.errors.map(\.pointer) == ["/proposal/operations/0/operation"])
    #expect(try await bench.world.count("runs") == 0)
    #expect(try await bench.world.count("jobs") == 0)
  }

  @Test func `without a model that was chosen a turn ends so, and a proposal by hand is told from its results`()
    async throws
  {
    let world = try await TestWorkspace(extra: [TestTurns.tables])
    let turns = try TestTurns(world, surfaces: [Table()])
    let run = try await turns.take("go", on: TurnBench.subject)
    #expect(run.outcome == .modelUnavailable)
    let byHand = try await turns.take("", proposal: try JSON(parsing: Bench.good), on: TurnBench.subject)
    #expect(byHand.outcome == .executed)
    #expect(byHand.narrative?.by == .results)
  }

  @Test func `one turn at a time, and the other is told which`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("Told.")])
    let request = TurnDesk.Request(mode: .act, text: "go")
    let (first, _) = try await bench.desk.begin(request, on: Bench.subject, as: bench.world.owner)
    let error = await #expect(throws: TurnInProgress.self) {
      try await bench.desk.begin(request, on: Bench.subject, as: bench.world.owner)
    }
    #expect(error?.run == first.id)
    _ = try await bench.turns.end(of: first.id)
    #expect(try await bench.desk.begin(request, on: Bench.subject, as: bench.world.owner).run.number == 2)
  }

  @Test func `the same key is the same turn`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("Told.")])
    let key = IdempotencyKey("once")
    let request = TurnDesk.Request(mode: .act, text: "go")
    let first = try await bench.desk.begin(request, on: Bench.subject, as: bench.world.owner, key: key)
    let second = try await bench.desk.begin(request, on: Bench.subject, as: bench.world.owner, key: key)
    #expect(second.isRepeated && second.run.id == first.run.id)
    await #expect(throws: OperationError.self) {
      try await bench.desk.begin(
        TurnDesk.Request(mode: .act, text: "other"), on: Bench.subject, as: bench.world.owner, key: key)
    }
  }

  @Test func `a viewer takes no turn, stops none, and has none told again`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("Told.")])
    let viewer = bench.world.principal(.viewer)
    let run = try await bench.take()
    for act in [
      { _ = try await bench.desk.begin(TurnDesk.Request(mode: .act, text: "go"), on: Bench.subject, as: viewer) },
      { _ = try await bench.desk.cancel(run.id, as: viewer) },
      { _ = try await bench.desk.tellAgain(run.id, as: viewer) },
      { _ = try await bench.desk.undo(run.id, as: viewer) },
    ] as [() async throws -> Void] {
      let error = await #expect(throws: OperationError.self) { try await act() }
      #expect(error?.code == .forbidden)
    }
    #expect(try await bench.desk.runs(on: Bench.subject, as: viewer).items.map(\.id) == [run.id])
    #expect(bench.model.requests.count == 2)
  }

  @Test func `a turn on a thing that is gone by then ends so, and is not tried for ever`() async throws {
    let world = try await TestWorkspace(extra: [TestTurns.tables])
    let there = try TestTurns(world, surfaces: [Table()])
    let (run, _) = try await there.desk.begin(
      TurnDesk.Request(mode: .act, text: "", proposal: try JSON(parsing: Bench.good)), on: Bench.subject,
      as: world.owner)
    let ended = try await TestTurns(world, surfaces: []).end(of: run.id)
    #expect(ended.outcome == .failed)
    #expect(ended.problem?.contains("things/this") == true)
    #expect(try await world.count("journal") == 2)
  }

  @Test func `undoing a turn takes back what it changed, once`() async throws {
    let bench = try await Bench([.text(Bench.good), .text("Told.")])
    let run = try await bench.take()
    #expect(try await bench.desk.undo(run.id, as: bench.world.owner).undoneAt != nil)
    #expect(try await bench.world.read("show_workspace")["name"] == "The Salt Road")
    let error = await #expect(throws: OperationError.self) {
      try await bench.desk.undo(run.id, as: bench.world.owner)
    }
    #expect(error?.code == .alreadyUndone)
    #expect(try await bench.world.rebuild(reexecuting: true).isEqual)
  }

  @Test func `text and proposals that nobody can use are refused with their places`() async throws {
    let bench = try await Bench([])
    for (text, pointer) in [("  ", "/text"), (String(repeating: "a", count: 8001), "/text")] {
      let error = await #expect(throws: OperationError.self) { try await bench.take(text) }
      #expect(error?.errors.map(\.pointer) == [pointer])
    }
    await #expect(throws: OperationError.self) { try await bench.turns.take("go", on: "things/other") }
    await #expect(throws: OperationError.self) { try await bench.turns.take("go", on: "nowhere/this") }
  }
}
