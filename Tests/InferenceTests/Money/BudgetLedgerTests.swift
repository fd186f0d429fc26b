import Storage
import TestKit
import Testing
import Vocabulary

@testable import Inference

@Suite("Budgets in the ledger")
struct BudgetLedgerTests {
  private static func outcome(_ input: Int64, _ output: Int64) -> CallOutcome {
    CallOutcome(.finished, usage: TokenUsage(input: input, output: output))
  }

  @Test(.timeLimit(.minutes(2)), arguments: [false, true])
  func `of 200 calls at once exactly those go through that the budget has room for`(isSettledAtOnce: Bool) async throws
  {
    let world = try await LedgerWorld()
    try await world.set(500)
    let through = try await withThrowingTaskGroup(of: Reservation?.self) { group in
      for _ in 0..<200 {
        group.addTask {
          do {
            let reservation = try await world.reserve()
            if isSettledAtOnce { try await world.ledger.settle(reservation, Self.outcome(10, 20)) }
            return reservation
          } catch is BudgetRefusal {
            return nil
          }
        }
      }
      var through: [Reservation] = []
      for try await reservation in group { through += reservation.map { [$0] } ?? [] }
      return through
    }
    #expect(through.count == 10)
    for reservation in through { try await world.ledger.settle(reservation, Self.outcome(10, 20)) }
    #expect(try await world.count() == LedgerWorld.Count(reserved: 0, spent: 500))
    #expect(try await world.calls(CallListing(limit: 200)).count == 10)
  }

  @Test func `a refusal says which budget, what is gone of it, and when it begins anew`() async throws {
    let world = try await LedgerWorld()
    let budget = try await world.set(120, per: .month)
    try await world.set(99_999, per: .day)
    let first = try await world.reserve()
    _ = try await world.reserve()
    try await world.ledger.settle(first, Self.outcome(10, 15))
    let refusal = try await #require(throws: BudgetRefusal.self) { try await world.reserve() }
    guard case .exceeded(let exceeded) = refusal else {
      Issue.record("\(refusal)")
      return
    }
    #expect(exceeded.budget == budget)
    #expect((exceeded.spentMicros, exceeded.reservedMicros, exceeded.askedMicros) == (40, 50, 50))
    #expect(exceeded.endsAt?.description == "2026-12-01T00:00:00.000000Z")
    #expect("\(refusal)".contains("the workspace's budget for the month has $0.00012: $0.00004 are spent"))
    // What is released is free again.
    try await world.set(99_999, per: .total)
    #expect(try await world.calls(CallListing(limit: 9)).count == 2)
  }

  @Test func `of several budgets that are used up the one is told that stays so longest`() async throws {
    let world = try await LedgerWorld()
    try await world.set(0, per: .day)
    let total = try await world.set(0, per: .total)
    try await world.set(0, per: .month)
    let refusal = try await #require(throws: BudgetRefusal.self) { try await world.reserve() }
    guard case .exceeded(let exceeded) = refusal else {
      Issue.record("\(refusal)")
      return
    }
    #expect(exceeded.budget == total)
    #expect(exceeded.endsAt == nil)
  }

  @Test func `a call is held of the budgets of its workspace, its person and its key, and of no others`() async throws {
    let world = try await LedgerWorld()
    let (ines, wren): (PersonID, PersonID) = (world.ids.make(), world.ids.make())
    let key: GatewayKeyID = world.ids.make()
    let mine = [
      try await world.set(100), try await world.set(100, of: .person(ines)), try await world.set(100, of: .key(key)),
    ]
    try await world.set(10, of: .person(wren))
    // An id alone makes no subject: this is a person's, of an id that is a key's here.
    try await world.set(10, of: .person(PersonID(key.raw)))
    let reservation = try await world.reserve(for: world.context(person: ines, key: key))
    let counts = try await world.counts()
    #expect(Set(counts.keys.map(\.budget)) == Set(mine.map(\.id)))
    #expect(counts.values.allSatisfy { $0 == LedgerWorld.Count(reserved: 50, spent: 0) })
    try await world.ledger.settle(reservation, Self.outcome(1, 2))
    #expect(try await world.counts().values.allSatisfy { $0 == LedgerWorld.Count(reserved: 0, spent: 5) })
    await #expect(throws: BudgetRefusal.self) { try await world.reserve(for: world.context(person: wren)) }
    #expect(try await world.counts().count == 3, "a refusal holds of none, also of those that had room")
  }

  @Test func `a call without a known price goes through without budgets only, and what is free always`() async throws {
    let world = try await LedgerWorld()
    let unknown = try await world.reserve(world.attempt(nil))
    try await world.ledger.settle(unknown, Self.outcome(5, 5))
    let row = try #require(try await world.row(unknown.id))
    #expect((row.reservedMicros, row.costMicros, row.isEstimate) == (nil, nil, false))
    #expect(try await world.spend(by: .surface).first?.unknownCalls == 1)
    let budget = try await world.set(0)
    await #expect(throws: BudgetRefusal.priceUnknown(model: "m", budget: budget)) {
      try await world.reserve(world.attempt(nil))
    }
    let free = try await world.reserve(world.attempt(.free, input: .max, output: .max))
    try await world.ledger.settle(free, Self.outcome(1_000, 1_000))
    #expect(try await world.row(free.id)?.costMicros == 0)
    #expect(try await world.counts().isEmpty)
  }

  @Test func `a cost above the reservation is booked whole and marked, and the next call is refused`() async throws {
    let world = try await LedgerWorld()
    try await world.set(100)
    let reservation = try await world.reserve()
    try await world.ledger.settle(reservation, Self.outcome(10, 500))
    let row = try #require(try await world.row(reservation.id))
    #expect((row.costMicros, row.isOverrun, row.isEstimate) == (1_010, true, false))
    #expect(try await world.count() == LedgerWorld.Count(reserved: 0, spent: 1_010))
    await #expect(throws: BudgetRefusal.self) { try await world.reserve() }
  }

  @Test func `days and months begin at midnight UTC, and a call is settled in the period it was booked in`()
    async throws
  {
    let world = try await LedgerWorld()
    func at(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }
    let day = try await world.set(60, per: .day)
    let month = try await world.set(110, per: .month)
    world.clock.set(try at("2026-02-28T23:59:59.999999Z"))
    let late = try await world.reserve()
    await #expect(throws: BudgetRefusal.self) { try await world.reserve() }
    world.clock.set(try at("2026-03-01T00:00:00Z"))
    _ = try await world.reserve()
    try await world.ledger.settle(late, Self.outcome(10, 10))
    let counts = try await world.counts()
    #expect(
      counts == [
        BudgetHold(budget: day.id, periodStart: try at("2026-02-28T00:00:00Z")): .init(reserved: 0, spent: 30),
        BudgetHold(budget: day.id, periodStart: try at("2026-03-01T00:00:00Z")): .init(reserved: 50, spent: 0),
        BudgetHold(budget: month.id, periodStart: try at("2026-02-01T00:00:00Z")): .init(reserved: 0, spent: 30),
        BudgetHold(budget: month.id, periodStart: try at("2026-03-01T00:00:00Z")): .init(reserved: 50, spent: 0),
      ])
  }

  @Test(arguments: [
    ("2024-02-29T12:00:00Z", "2024-02-29", "2024-03-01", "2024-02-01", "2024-03-01"),
    ("2026-12-31T23:59:59.999999Z", "2026-12-31", "2027-01-01", "2026-12-01", "2027-01-01"),
    ("1969-12-31T23:59:59Z", "1969-12-31", "1970-01-01", "1969-12-01", "1970-01-01"),
  ])
  func `a day and a month have their beginnings and ends`(
    text: String, day: String, nextDay: String, month: String, nextMonth: String
  ) throws {
    let time = try #require(Timestamp(rfc3339: text))
    let found = [time.dayStart, time.nextDayStart, time.monthStart, time.nextMonthStart]
    #expect(found.map(\.description) == [day, nextDay, month, nextMonth].map { "\($0)T00:00:00.000000Z" })
  }

  @Test(arguments: [Int64.min, .max])
  func `an instant that no calendar has is in the first or last month`(microseconds: Int64) {
    let time = Timestamp(microseconds: microseconds)
    for period in BudgetPeriod.allCases {
      #expect(period.start(at: time) <= period.end(at: time) ?? time || period == .total)
    }
    #expect(time.monthStart.description == (microseconds < 0 ? "0000-01-01" : "9999-12-01") + "T00:00:00.000000Z")
  }

  @Test func `a call is settled after its budget was removed, and a budget that comes back knows of it`() async throws {
    let world = try await LedgerWorld()
    let budget = try await world.set(100)
    let reservation = try await world.reserve()
    try await world.remove(budget)
    try await world.ledger.settle(reservation, Self.outcome(10, 10))
    #expect(try await world.row(reservation.id)?.costMicros == 30)
    _ = try await world.reserve()
    try await world.database.write("test.back", in: world.workspace) { try BudgetTables.put(budget, in: $0) }
    #expect(try await world.count() == LedgerWorld.Count(reserved: 0, spent: 30))
  }

  @Test func `a call that was under way when a budget was set is not held of it, and not taken from it`() async throws {
    let world = try await LedgerWorld()
    let early = try await world.reserve()
    try await world.set(100)
    let other = try await world.reserve()
    try await world.ledger.settle(early, Self.outcome(10, 20))
    #expect(try await world.count() == LedgerWorld.Count(reserved: 50, spent: 0))
    try await world.ledger.settle(other, Self.outcome(0, 0))
    #expect(try await world.count() == LedgerWorld.Count(reserved: 0, spent: 0))
  }

  @Test func `counts that are full stay full`() async throws {
    let world = try await LedgerWorld()
    let budget = try await world.set(1_000)
    let reservation = try await world.reserve()
    try await world.database.write("test.full", in: world.workspace) { transaction in
      _ = try transaction.run(
        """
        UPDATE budget_spend SET spent_micros = \(Int64.max - 1), reserved_micros = \(3)
        WHERE workspace = \(transaction.workspace) AND budget = \(budget.id)
        """)
    }
    try await world.ledger.settle(reservation, Self.outcome(10, 20))
    #expect(try await world.count() == LedgerWorld.Count(reserved: 0, spent: .max))
    await #expect(throws: BudgetRefusal.self) { try await world.reserve() }
  }

  @Test(
    arguments: [
      (0, "$0.00"), (1, "$0.000001"), (1_250_000, "$1.25"), (-40, "-$0.00004"), (.max, "$9223372036854.775807"),
    ] as [(Int64, String)])
  func `an amount is written as people write it`(micros: Int64, text: String) {
    #expect("\(USDollars(micros))" == text)
  }
}
