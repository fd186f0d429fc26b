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
      let page = try await world.calls(
        CallListing(ends: isFailedOnly ? .failed : .all, before: found.last, limit: limit))
      found += page.map(\.id)
      if page.count < limit { break }
    }
    let failed = [3, 5, 6, 9, 10].map { ids[$0 - 1] }
    #expect(found == (isFailedOnly ? failed : ids).reversed())
  }

  @Test func `a page of failures before a call that is not there is empty`() async throws {
    let (world, _) = try await tenCalls()
    let strange: ModelCallID = world.ids.make()
    #expect(try await world.calls(CallListing(ends: .failed, before: strange, limit: 9)).isEmpty)
  }

  @Test func `the slowest come first, of the failed ones too, and one under way is none of them`() async throws {
    let (world, ids) = try await tenCalls()
    _ = try await world.reserve()
    #expect(try await world.calls(CallListing(order: .slowest, limit: 3)).map(\.id) == Array(ids.prefix(3)))
    let failed = try await world.calls(CallListing(order: .slowest, ends: .failed, limit: 2))
    #expect(failed.map(\.id) == [ids[2], ids[4]])
  }

  @Test func `calls under way are listed by themselves`() async throws {
    let (world, _) = try await tenCalls()
    let open = try await world.reserve()
    #expect(try await world.calls(CallListing(ends: .open, limit: 9)).map(\.id) == [open.id])
  }

  @Test func `calls are looked for by model, surface and key, together with how they ended`() async throws {
    let world = try await LedgerWorld()
    let key: GatewayKeyID = world.ids.make()
    var ids: [ModelCallID] = []
    for (model, surface, end) in [
      ("a", .gateway, .finished), ("a", .gateway, .failed), ("b", .gateway, .failed), ("a", .tabletop, .failed),
    ] as [(String, CallContext.Surface, CallOutcome.End)] {
      world.clock.advance(by: .seconds(1))
      let reservation = try await world.reserve(
        world.attempt(model: model), for: world.context(key: surface == .gateway ? key : nil, surface: surface))
      try await world.ledger.settle(reservation, CallOutcome(end, duration: .seconds(ids.count + 1)))
      ids.append(reservation.id)
    }
    func found(_ listing: CallListing) async throws -> [Int] {
      try await world.calls(listing).compactMap { row in ids.firstIndex(of: row.id) }
    }
    #expect(try await found(CallListing(filter: CallFilter(model: "a"), limit: 9)) == [3, 1, 0])
    #expect(try await found(CallListing(filter: CallFilter(model: "a"), before: ids[3], limit: 1)) == [1])
    #expect(try await found(CallListing(filter: CallFilter(surface: .tabletop), limit: 9)) == [3])
    #expect(try await found(CallListing(ends: .failed, filter: CallFilter(key: key), limit: 9)) == [2, 1])
    #expect(
      try await found(CallListing(order: .slowest, filter: CallFilter(model: "a", key: key), limit: 9)) == [1, 0])
  }

  @Test func `the attempts of a call are found by any of them, in order, with the run they are a part of`() async throws
  {
    let world = try await LedgerWorld()
    let run = world.ids.next()
    let context = CallContext(workspace: world.workspace, surface: .tabletop, task: "propose", run: run)
    var ids: [ModelCallID] = []
    for number in 1...3 {
      world.clock.advance(by: .seconds(1))
      let attempt = CallAttempt(
        id: world.ids.make(), call: ids.first, attempt: number, provider: "Test", model: "m", price: nil,
        inputTokensMax: 1, outputTokensMax: 1, isStreamed: false)
      ids.append(try await world.reserve(attempt, for: context).id)
      _ = try await world.reserve()
    }
    for id in ids {
      let found = try await world.database.read("test.attempts", in: world.workspace) {
        try CallLedger.attempts(with: id, in: $0)
      }
      #expect(found.map(\.id) == ids)
      #expect(found.allSatisfy { $0.run == run })
    }
    let strange: ModelCallID = world.ids.make()
    let none = try await world.database.read("test.attempts", in: world.workspace) {
      try CallLedger.attempts(with: strange, in: $0)
    }
    #expect(none.isEmpty)
  }

  @Test func `the last use of a key and of a connection is that of its newest attempt`() async throws {
    let world = try await LedgerWorld()
    let (key, other): (GatewayKeyID, GatewayKeyID) = (world.ids.make(), world.ids.make())
    for one in [key, other, key] {
      world.clock.advance(by: .seconds(1))
      _ = try await world.reserve(for: world.context(key: one))
    }
    let last = world.clock.now()
    world.clock.advance(by: .seconds(1))
    _ = try await world.reserve()
    let uses = try await world.database.read("test.uses", in: world.workspace) { try CallLedger.lastUses(in: $0) }
    #expect(uses.keys == [key: last, other: last.advanced(by: .seconds(-1))])
    #expect(uses.connections.isEmpty)
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
