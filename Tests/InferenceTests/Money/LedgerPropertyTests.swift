import Storage
import TestKit
import Testing
import Vocabulary

@testable import Inference

/// What the ledger should have counted, kept in memory by the plainest means.
private struct LedgerModel {
  struct Open {
    let reservation: Reservation
    let at: Timestamp
    let holds: [BudgetHold]
  }

  var budgets: [Budget] = []
  var open: [Open] = []
  var settled: [Reservation] = []
  var counts: [BudgetHold: LedgerWorld.Count] = [:]
  var costs: [ModelCallID: Int64] = [:]

  func holds(of context: CallContext, at time: Timestamp) -> [BudgetHold] {
    budgets.filter { budget in
      switch budget.subject {
      case .workspace: true
      case .person(let person): person == context.person
      case .key(let key): key == context.key
      }
    }.map { BudgetHold(budget: $0.id, periodStart: $0.period.start(at: time)) }
  }

  func hasRoom(for micros: Int64, in holds: [BudgetHold]) -> Bool {
    holds.allSatisfy { hold in
      let count = counts[hold] ?? LedgerWorld.Count()
      let limit = budgets.first { $0.id == hold.budget }?.limitMicros ?? 0
      return micros == 0 || count.spent + count.reserved + micros <= limit
    }
  }

  mutating func book(_ reservation: Reservation, _ micros: Int64, _ holds: [BudgetHold], at time: Timestamp) {
    for hold in holds { counts[hold, default: .init()].reserved += micros }
    open.append(Open(reservation: reservation, at: time, holds: holds))
  }

  mutating func settle(_ index: Int, for cost: Int64) {
    let call = open.remove(at: index)
    for hold in call.holds {
      counts[hold]?.reserved -= call.reservation.micros ?? 0
      counts[hold]?.spent += cost
    }
    costs[call.reservation.id] = cost
    settled.append(call.reservation)
  }
}

@Suite("The ledger, at random")
struct LedgerPropertyTests {
  @Test(.timeLimit(.minutes(2)), arguments: 1...12 as ClosedRange<UInt64>)
  func `whatever happens in whatever order, the counts are the sum of the rows and nothing is lost or doubled`(
    seed: UInt64
  ) async throws {
    let world = try await LedgerWorld(seed: seed)
    var model = LedgerModel()
    let people: [PersonID] = [world.ids.make(), world.ids.make()]
    let key: GatewayKeyID = world.ids.make()
    let subjects: [BudgetSubject] = [.workspace, .person(people[0]), .person(people[1]), .key(key)]
    for _ in 0..<150 {
      world.clock.advance(by: .seconds(world.random.below(6 * 3_600)))
      switch world.random.below(12) {
      case 0: try await setBudget(subjects, world, &model)
      case 1:
        guard let budget = model.budgets.randomElement(world.random) else { continue }
        try await world.remove(budget)
        model.budgets.removeAll { $0.id == budget.id }
      case 2...6: try await reserve(people, key, world, &model)
      case 7...9: try await settle(world, &model)
      case 10:
        guard let again = model.settled.randomElement(world.random) else { continue }
        try await world.ledger.settle(again, CallOutcome(.finished, usage: TokenUsage(input: 77, output: 77)))
      default: try await recover(world, &model)
      }
      // What comes after the first difference says nothing new.
      let counts = try await world.counts()
      try #require(counts == model.counts, "seed \(seed)")
    }
    let counted = try await world.countsOfRows()
    #expect(counted == model.counts.filter { counted[$0.key] != nil }, "seed \(seed)")
    #expect(model.counts.allSatisfy { counted[$0.key] != nil || $0.value == .init() }, "seed \(seed)")
    for (id, cost) in model.costs { #expect(try await world.row(id)?.costMicros == cost, "seed \(seed)") }
    let rows = try await world.calls(CallListing(limit: 1_000))
    #expect(rows.count == model.open.count + model.settled.count, "seed \(seed)")
    #expect(!model.settled.isEmpty && !model.counts.isEmpty, "seed \(seed) did nothing")
  }

  private func setBudget(
    _ subjects: [BudgetSubject], _ world: LedgerWorld, _ model: inout LedgerModel
  ) async throws {
    let subject = subjects[world.random.below(subjects.count)]
    let period = BudgetPeriod.allCases[world.random.below(3)]
    let limit = Int64(world.random.below(2_000))
    if let index = model.budgets.firstIndex(where: { $0.subject == subject && $0.period == period }) {
      let changed = model.budgets[index].limited(to: limit)
      try await world.database.write("test.change", in: world.workspace) { try BudgetTables.put(changed, in: $0) }
      model.budgets[index] = changed
    } else {
      model.budgets.append(try await world.set(limit, per: period, of: subject))
    }
  }

  private func reserve(
    _ people: [PersonID], _ key: GatewayKeyID, _ world: LedgerWorld, _ model: inout LedgerModel
  ) async throws {
    let context = world.context(
      person: people.randomElement(world.random), key: world.random.below(2) == 0 ? key : nil)
    let isFree = world.random.below(8) == 0
    let attempt = world.attempt(
      isFree ? .free : LedgerWorld.price, input: Int64(world.random.below(100)), output: Int64(world.random.below(100)))
    let now = world.clock.now()
    let micros = isFree ? 0 : attempt.inputTokensMax + 2 * attempt.outputTokensMax
    let holds = isFree ? [] : model.holds(of: context, at: now)
    if model.hasRoom(for: micros, in: holds) {
      model.book(try await world.reserve(attempt, for: context), micros, holds, at: now)
    } else {
      await #expect(throws: BudgetRefusal.self) { try await world.reserve(attempt, for: context) }
    }
  }

  private func settle(_ world: LedgerWorld, _ model: inout LedgerModel) async throws {
    guard !model.open.isEmpty else { return }
    let index = world.random.below(model.open.count)
    let reservation = model.open[index].reservation
    let isFree = reservation.attempt.price?.isFree == true
    let (input, output) = (Int64(world.random.below(120)), Int64(world.random.below(120)))
    let (outcome, cost): (CallOutcome, Int64) =
      switch world.random.below(4) {
      case 0: (CallOutcome(.failed, error: .overloaded), 0)
      case 1: (CallOutcome(.cached, usage: TokenUsage(input: input, output: output)), 0)
      case 2:
        (
          CallOutcome(.stopped, keptBytes: Int(output)),
          reservation.attempt.inputTokensMax + 2 * min((output + 2) / 3, reservation.attempt.outputTokensMax)
        )
      default: (CallOutcome(.finished, usage: TokenUsage(input: input, output: output)), input + 2 * output)
      }
    try await world.ledger.settle(reservation, outcome)
    model.settle(index, for: isFree ? 0 : cost)
  }

  private func recover(_ world: LedgerWorld, _ model: inout LedgerModel) async throws {
    let before = Timestamp(microseconds: world.clock.now().microseconds - Int64(world.random.below(90_000)) * 1_000_000)
    let lost = model.open.filter { $0.at < before }.map(\.reservation)
    #expect(try await world.ledger.recover(in: world.workspace, before: before) == lost.count)
    for reservation in lost {
      guard let index = model.open.firstIndex(where: { $0.reservation.id == reservation.id }) else { continue }
      model.settle(index, for: reservation.micros ?? 0)
    }
  }
}

extension Array {
  fileprivate func randomElement(_ random: SeededRandom) -> Element? { isEmpty ? nil : self[random.below(count)] }
}
