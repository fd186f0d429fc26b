import Storage
import TestKit
import Testing
import Vocabulary

@testable import Inference

@Suite("Reading the ledger")
struct LedgerReadingTests {
  /// Ten calls, a minute apart; every third failed, every fifth was cut; the later, the faster.
  private func tenCalls() async throws -> (world: LedgerWorld, ids: [ModelCallID]) {
    let world = try await LedgerWorld()
    var ids: [ModelCallID] = []
    for number in 1...10 {
      world.clock.advance(by: .seconds(60))
      let reservation = try await world.reserve()
      let end: CallOutcome.End = number % 3 == 0 ? .failed : number % 5 == 0 ? .cut : .finished
      try await world.ledger.settle(
        reservation,
        CallOutcome(end, usage: TokenUsage(input: 1, output: 0), duration: .seconds(20 - number)))
      ids.append(reservation.id)
    }
    return (world, ids)
  }

  @Test(arguments: [false, true], [1, 3, 200])
  func `pages follow one another, newest first, without a gap or a call twice`(
    isFailedOnly: Bool, limit: Int
  ) async throws {
    let (world, ids) = try await tenCalls()
    var found: [ModelCallID] = []
    while true {
      let page = try await world.calls(CallListing(isFailedOnly: isFailedOnly, before: found.last, limit: limit))
      found += page.map(\.id)
      if page.count < limit { break }
    }
    let failed = [3, 5, 6, 9, 10].map { ids[$0 - 1] }
    #expect(found == (isFailedOnly ? failed : ids).reversed())
  }

  @Test func `a page of failures before a call that is not there is empty`() async throws {
    let (world, _) = try await tenCalls()
    let strange: ModelCallID = world.ids.make()
    #expect(try await world.calls(CallListing(isFailedOnly: true, before: strange, limit: 9)).isEmpty)
  }

  @Test func `the slowest come first, of the failed ones too, and one under way is none of them`() async throws {
    let (world, ids) = try await tenCalls()
    _ = try await world.reserve()
    #expect(try await world.calls(CallListing(order: .slowest, limit: 3)).map(\.id) == Array(ids.prefix(3)))
    let failed = try await world.calls(CallListing(order: .slowest, isFailedOnly: true, limit: 2))
    #expect(failed.map(\.id) == [ids[2], ids[4]])
  }

  @Test func `a workspace sees its own calls only`() async throws {
    let (world, ids) = try await tenCalls()
    let other: WorkspaceID = world.ids.make()
    let seen = try await world.database.read("test.other", in: other) { transaction in
      try CallLedger.calls(CallListing(limit: 9), in: transaction).count
        + (try CallLedger.call(ids[0], in: transaction) == nil ? 0 : 1)
        + CallLedger.spend(
          by: .day, from: Timestamp(microseconds: 0), to: Timestamp(microseconds: .max), in: transaction
        ).count
    }
    #expect(seen == 0)
  }

  @Test func `spending is added up by day, model, surface, person and key`() async throws {
    let world = try await LedgerWorld()
    let person: PersonID = world.ids.make()
    let key: GatewayKeyID = world.ids.make()
    func call(_ model: String, _ context: CallContext, _ outcome: CallOutcome, _ price: ModelPrice? = LedgerWorld.price)
      async throws
    {
      let reservation = try await world.reserve(world.attempt(price, model: model), for: context)
      try await world.ledger.settle(reservation, outcome)
    }
    let told = CallOutcome(.finished, usage: TokenUsage(input: 5, output: 5))
    try await call("a", world.context(person: person), told)
    try await call("b", world.context(key: key, surface: .tabletop), CallOutcome(.stopped, keptBytes: 3))
    world.clock.advance(by: .seconds(86_400))
    try await call("b", world.context(person: person, key: key), told, nil)
    _ = try await world.reserve()  // Under way, and in no sum.

    let days = try await world.spend(by: .day)
    #expect(days.map(\.name) == ["2026-11-22", "2026-11-21"])
    #expect(days.map(\.costMicros) == [0, 27])
    #expect(days.map(\.unknownCalls) == [1, 0])
    #expect(days[1].estimatedMicros == 12)
    #expect((days[1].inputTokens, days[1].outputTokens, days[1].calls) == (5, 5, 2))
    let models = try await world.spend(by: .model)
    #expect(models.map(\.name) == ["a", "b"])
    #expect(models.map(\.provider) == ["Test", "Test"])
    #expect(models.map(\.calls) == [1, 2])
    #expect(try await world.spend(by: .surface).map(\.name) == ["gateway", "tabletop"])
    #expect(try await world.spend(by: .person).map(\.name) == ["\(person)", nil])
    #expect(try await world.spend(by: .key).map(\.name) == [nil, "\(key)"])
    let until = Timestamp(rfc3339: "2026-11-22T09:00:00Z")
    #expect(try await world.spend(by: .day, to: until).map(\.name) == ["2026-11-21"], "the end is not counted")
    #expect(try await world.spend(by: .day, from: until).map(\.name) == ["2026-11-22"], "the beginning is")
  }
}
