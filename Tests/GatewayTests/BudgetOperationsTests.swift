import Events
import Gateway
import Inference
import Operations
import Storage
import StorageSQLite
import StrictJSON
import TestKit
import Testing
import Vault
import Vocabulary

/// A workspace with the gateway's operations, and its ledger.
struct GatewayWorld: Sendable {
  let arbiter: TestWorkspace
  let ledger: CallLedger
  let ids: UniqueIDSequence

  init() async throws {
    let clock = ManualClock()
    let scratch = try SQLiteDatabase.scratch(clock: clock, logger: .silent)
    let random = SeededRandom(seed: 0)
    let ring = KeyRing(primary: VaultKey(testing: random.bytes(32)), random: random)
    let set = Gateway.operations(events: EventLog(database: scratch, sealer: ring), tally: CacheTally())
    try await scratch.migrate(TestWorkspace.migrations + set.migrations)
    arbiter = try await TestWorkspace(founding: scratch, clock: clock, seed: 1, extra: [set])
    ledger = CallLedger(database: scratch)
    ids = UniqueIDSequence(clock: clock, random: random)
  }

  /// Books a call that may cost 50 micro-dollars, and settles it unless it is to stay under way.
  @discardableResult func call(
    person: PersonID? = nil, key: GatewayKeyID? = nil, costing micros: Int64? = 50,
    _ end: CallOutcome.End = .finished
  ) async throws -> ModelCallID {
    let context = CallContext(
      workspace: arbiter.workspace, person: person, key: key, surface: .gateway, task: "chat.completions")
    let reservation = try await ledger.reserve(
      CallAttempt(
        id: ids.make(), provider: "Test", model: "m", price: ModelPrice(inputMicros: 1_000_000, outputMicros: 0),
        inputTokensMax: 50, outputTokensMax: 0, isStreamed: false), for: context)
    if let micros {
      let outcome = CallOutcome(end, usage: TokenUsage(input: micros, output: 0), duration: .microseconds(micros))
      try await ledger.write([BookEntry(reservation, outcome: outcome)], in: arbiter.workspace)
    }
    return reservation.id
  }

  @discardableResult func setBudget(_ limit: Int64, per period: String = "month", _ more: JSONObject = [:]) async throws
    -> Performed
  {
    var input = more
    input["period"] = .string(period)
    input["limitMicros"] = .integer(limit)
    return try await arbiter.perform("set_budget", .object(input))
  }

  var budgets: [JSON] {
    get async throws {
      guard case .array(let items)? = try await arbiter.read("list_budgets")["items"] else { return [] }
      return items
    }
  }
}

@Suite("Budgets as operations")
struct BudgetOperationsTests {
  @Test func `a budget is set, shown with what is gone of it, and refuses what it has no room for`() async throws {
    let world = try await GatewayWorld()
    try await world.setBudget(120)
    try await world.call(costing: 30)
    try await world.call(costing: nil)
    let budget = try #require(try await world.budgets.first)
    #expect(budget["limitMicros"] == 120)
    #expect(budget["spentMicros"] == 30)
    #expect(budget["reservedMicros"] == 50)
    #expect(budget["period"] == "month")
    #expect(budget["periodStart"] == "2026-11-01T00:00:00.000000Z")
    #expect(budget["periodEnd"] == "2026-12-01T00:00:00.000000Z")
    await #expect(throws: BudgetRefusal.self) { try await world.call() }
  }

  @Test func `setting it again changes the limit and keeps what is counted`() async throws {
    let world = try await GatewayWorld()
    let first = try await world.setBudget(50)
    try await world.call()
    let second = try await world.setBudget(200)
    #expect(first.output["id"] == second.output["id"])
    #expect(try await world.budgets.map { $0["spentMicros"] } == [50])
    try await world.call()
    try await world.setBudget(10, per: "day")
    #expect(try await world.budgets.count == 2)
  }

  @Test func `setting and removing are undone, and what was spent meanwhile is known`() async throws {
    let world = try await GatewayWorld()
    let set = try await world.setBudget(50)
    try await world.call()
    let raised = try await world.setBudget(500).row.number
    try await world.arbiter.perform("undo", ["journal": .integer(raised)])
    #expect(try await world.budgets.map { $0["limitMicros"] } == [50])
    let removed = try await world.arbiter.perform("remove_budget", ["id": try #require(set.output["id"])])
    #expect(try await world.budgets.isEmpty)
    try await world.call()
    try await world.arbiter.perform("undo", ["journal": .integer(removed.row.number)])
    #expect(try await world.budgets.map { $0["spentMicros"] } == [50])
    await #expect(throws: BudgetRefusal.self) { try await world.call() }
  }

  @Test func `a budget is not given back where another one is now`() async throws {
    let world = try await GatewayWorld()
    let set = try await world.setBudget(50)
    let removed = try await world.arbiter.perform("remove_budget", ["id": try #require(set.output["id"])])
    try await world.setBudget(70)
    let error = try await #require(throws: OperationError.self) {
      try await world.arbiter.perform("undo", ["journal": .integer(removed.row.number)])
    }
    #expect(error.code == .undoConflict)
    #expect(try await world.budgets.map { $0["limitMicros"] } == [70])
  }

  @Test func `a rebuild gives the budgets again and needs no count of what was spent`() async throws {
    let world = try await GatewayWorld()
    let person = JSON.string("\(try #require(world.arbiter.owner.person))")
    try await world.setBudget(100)
    try await world.setBudget(0, per: "total", ["person": person])
    try await world.setBudget(5_000)
    let gone = try await world.setBudget(1, per: "day")
    try await world.arbiter.perform("remove_budget", ["id": try #require(gone.output["id"])])
    try await world.call()
    let rebuilt = try await world.arbiter.rebuild(reexecuting: true)
    #expect(rebuilt.isEqual, "\(rebuilt.differences)")
    #expect(try await world.arbiter.count("budget_spend") == 1)
  }

  @Test func `budgets of persons and keys are apart`() async throws {
    let world = try await GatewayWorld()
    let person = try #require(world.arbiter.owner.person)
    let key: GatewayKeyID = world.ids.make()
    try await world.setBudget(60, ["person": .string("\(person)")])
    try await world.setBudget(60, ["key": .string("\(key)")])
    try await world.call(person: person)
    try await world.call(key: key)
    await #expect(throws: BudgetRefusal.self) { try await world.call(person: person) }
    await #expect(throws: BudgetRefusal.self) { try await world.call(key: key) }
    try await world.call()
    let shown = try await world.budgets
    #expect(shown.compactMap { $0["person"] } == [.string("\(person)")])
    #expect(shown.compactMap { $0["key"] } == [.string("\(key)")])
  }

  @Test(
    arguments: [
      (["period": "month", "limitMicros": -1], "/limitMicros"),
      (["period": "month", "limitMicros": 1_000_000_000_000_001], "/limitMicros"),
      (["period": "week", "limitMicros": 1], "/period"), (["limitMicros": 1], "/period"),
      (["period": "day", "limitMicros": 1, "person": "Ines"], "/person"),
      (
        [
          "period": "day", "limitMicros": 1, "person": "0197a3c1-0000-7000-8000-000000000000",
          "key": "0197a3c1-0000-7000-8000-000000000000",
        ], ""
      ),
    ] as [(JSON, String)])
  func `what is no budget is refused with its place`(input: JSON, pointer: String) async throws {
    let world = try await GatewayWorld()
    let error = try await #require(throws: OperationError.self) {
      try await world.arbiter.perform("set_budget", input)
    }
    #expect(error.code == .invalidInput)
    #expect(error.errors.map(\.pointer) == [pointer])
    #expect(try await world.budgets.isEmpty)
  }

  @Test(arguments: [Role.editor, .viewer])
  func `only an owner sets and removes budgets; everybody sees them`(role: Role) async throws {
    let world = try await GatewayWorld()
    let set = try await world.setBudget(100)
    let person = world.arbiter.principal(role)
    for (operation, input) in [
      ("set_budget", ["period": "day", "limitMicros": 1] as JSON),
      ("remove_budget", ["id": try #require(set.output["id"])]),
    ] {
      let error = try await #require(throws: OperationError.self) {
        try await world.arbiter.perform(operation, input, as: person)
      }
      #expect(error.code == .forbidden)
    }
    for operation in ["list_budgets", "list_model_calls", "show_spend"] {
      _ = try await world.arbiter.desk.read(OperationCall(operation: operation, input: [:]), as: person)
    }
  }

  @Test func `a change of a budget is told in its topic`() async throws {
    let world = try await GatewayWorld()
    let before = try await world.arbiter.read("list_budgets")["cursor"]
    let set = try await world.setBudget(100)
    try await world.arbiter.perform("remove_budget", ["id": try #require(set.output["id"])])
    #expect(before == "budgets:0")
    #expect(try await world.arbiter.read("list_budgets")["cursor"] == "budgets:2")
  }

  @Test func `a budget that is not there cannot be removed`() async throws {
    let world = try await GatewayWorld()
    let error = try await #require(throws: OperationError.self) {
      try await world.arbiter.perform("remove_budget", ["id": .string("\(world.arbiter.workspace)")])
    }
    #expect(error.code == .notFound)
  }
}
