import Storage
import StorageSQLite
import TestKit
import Vocabulary

@testable import Inference

extension CallLedger {
  /// Books how one attempt ended.
  func settle(_ reservation: Reservation, _ outcome: CallOutcome) async throws {
    try await write([BookEntry(reservation, outcome: outcome)], in: reservation.workspace)
  }
}

/// A ledger on a throw-away database, or on a file that stays, with a clock and ids that tests hold.
struct LedgerWorld: Sendable {
  let clock: ManualClock
  let random: SeededRandom
  let ids: UniqueIDSequence
  let database: any Database
  let ledger: CallLedger
  let workspace = WorkspaceID(UniqueID(high: 1, low: 1))

  /// A micro-dollar for a token of the request, two for one of the answer.
  static let price = ModelPrice(inputMicros: 1_000_000, outputMicros: 2_000_000)

  init(seed: UInt64 = 1) async throws {
    let clock = ManualClock()
    try await self.init(over: SQLiteDatabase.scratch(clock: clock, logger: .silent), clock, seed: seed)
  }

  private init(over database: SQLiteDatabase, _ clock: ManualClock, seed: UInt64) async throws {
    self.clock = clock
    random = SeededRandom(seed: seed)
    ids = UniqueIDSequence(clock: clock, random: random)
    try await database.migrate(CallLedger.migrations)
    self.database = database
    ledger = CallLedger(database: database)
  }

  /// Runs `body` in the world whose database is the file at `path`, which stays.
  static func on<Result>(
    _ path: String, seed: UInt64, _ body: (LedgerWorld) async throws -> Result
  ) async throws -> Result {
    let clock = ManualClock()
    let database = try SQLiteDatabase.open(at: path, clock: clock, logger: .silent)
    let world = try await LedgerWorld(over: database, clock, seed: seed)
    do {
      let result = try await body(world)
      try await database.close()
      return result
    } catch {
      try? await database.close()
      throw error
    }
  }

  func context(
    person: PersonID? = nil, key: GatewayKeyID? = nil, surface: CallContext.Surface = .gateway
  ) -> CallContext {
    CallContext(workspace: workspace, person: person, key: key, surface: surface, task: "chat.completions")
  }

  func attempt(
    _ price: ModelPrice? = price, input: Int64 = 10, output: Int64 = 20, model: String = "m"
  ) -> CallAttempt {
    CallAttempt(
      id: ids.make(), provider: "Test", model: model, price: price, inputTokensMax: input, outputTokensMax: output,
      isStreamed: true)
  }

  /// Books an attempt that may cost 50 micro-dollars.
  func reserve(_ attempt: CallAttempt? = nil, for context: CallContext? = nil) async throws -> Reservation {
    try await ledger.reserve(attempt ?? self.attempt(), for: context ?? self.context())
  }

  @discardableResult func set(
    _ limit: Int64, per period: BudgetPeriod = .month, of subject: BudgetSubject = .workspace
  ) async throws -> Budget {
    let budget = Budget(
      id: ids.make(), subject: subject, period: period, limitMicros: limit, createdAt: clock.now())
    try await database.write("test.budget", in: workspace) { try BudgetTables.put(budget, in: $0) }
    return budget
  }

  func remove(_ budget: Budget) async throws {
    try await database.write("test.remove", in: workspace) { try BudgetTables.remove(budget.id, in: $0) }
  }

  func row(_ id: ModelCallID) async throws -> ModelCallRow? {
    try await database.read("test.row", in: workspace) { try CallLedger.call(id, in: $0) }
  }

  func calls(_ listing: CallListing) async throws -> [ModelCallRow] {
    try await database.read("test.calls", in: workspace) { try CallLedger.calls(listing, in: $0) }
  }

  func spend(by grouping: SpendGrouping, from: Timestamp? = nil, to: Timestamp? = nil) async throws -> [SpendLine] {
    let end = to ?? clock.now().advanced(by: .seconds(1))
    return try await database.read("test.spend", in: workspace) {
      try CallLedger.spend(by: grouping, from: from ?? Timestamp(microseconds: 0), to: end, in: $0)
    }
  }

  /// What is counted of each budget in each period that was ever counted in.
  func counts() async throws -> [BudgetHold: Count] {
    try await database.read("test.counts", in: workspace) { transaction in
      var counts: [BudgetHold: Count] = [:]
      try transaction.forEachRow(
        """
        SELECT budget, period_start, reserved_micros, spent_micros FROM budget_spend
        WHERE workspace = \(transaction.workspace)
        """
      ) { row in
        let hold = BudgetHold(budget: try row.get("budget"), periodStart: try row.get("period_start"))
        counts[hold] = Count(reserved: try row.get("reserved_micros"), spent: try row.get("spent_micros"))
      }
      return counts
    }
  }

  /// The only count there is.
  func count() async throws -> Count? {
    let counts = try await counts()
    return counts.count == 1 ? counts.first?.value : nil
  }

  /// The same counts, added up from the rows of the calls and nothing else.
  func countsOfRows() async throws -> [BudgetHold: Count] {
    try await database.read("test.rows", in: workspace) { transaction in
      var counts: [BudgetHold: Count] = [:]
      try transaction.forEachRow(
        "SELECT state, reserved_micros, cost_micros, holds FROM model_calls WHERE workspace = \(transaction.workspace)"
      ) { row in
        let isOpen = try row.get("state", as: String.self) == "reserved"
        let micros: Int64 = try row.get(isOpen ? "reserved_micros" : "cost_micros", as: Int64?.self) ?? 0
        for hold in BudgetHold.read(try row.get("holds")) ?? [] {
          counts[hold, default: Count()].reserved += isOpen ? micros : 0
          counts[hold, default: Count()].spent += isOpen ? 0 : micros
        }
      }
      return counts
    }
  }

  struct Count: Sendable, Hashable {
    var reserved: Int64 = 0
    var spent: Int64 = 0
  }
}
