import Storage
import TestKit
import Testing
import Vocabulary

@testable import Inference

@Suite("The ledger of calls")
struct CallLedgerTests {
  @Test func `a call is booked before it is made, with what it may cost`() async throws {
    let world = try await LedgerWorld()
    let person: PersonID = world.ids.make()
    let reservation = try await world.reserve(for: world.context(person: person))
    #expect(reservation.micros == 50)
    let row = try #require(try await world.row(reservation.id))
    #expect(row.state == .reserved)
    #expect(row.reservedMicros == 50)
    #expect(row.costMicros == nil)
    #expect((row.call, row.attempt, row.at, row.person) == (row.id, 1, world.clock.now(), person))
    #expect(try await world.counts().isEmpty, "without a budget nothing is counted beside the row")
  }

  @Test func `a finished call costs what its tokens cost, those of the cache at their own price`() async throws {
    let world = try await LedgerWorld()
    let price = ModelPrice(inputMicros: 1_000_000, outputMicros: 2_000_000, cachedInputMicros: 100_000)
    let reservation = try await world.reserve(world.attempt(price, input: 1_000, output: 100))
    try await world.ledger.settle(
      reservation,
      CallOutcome(
        .finished, modelAnswered: "m-2", usage: TokenUsage(input: 500, output: 30, cachedInput: 400, reasoning: 7),
        keptBytes: 9_000, firstPiece: .milliseconds(3), duration: .milliseconds(20), finish: .toolCalls))
    let row = try #require(try await world.row(reservation.id))
    #expect(row.state == .finished)
    #expect(row.costMicros == 200, "100 tokens, 400 of the cache, 30 of the answer")
    #expect(!row.isEstimate && !row.isOverrun)
    #expect((row.inputTokens, row.outputTokens, row.cachedTokens, row.reasoningTokens) == (500, 30, 400, 7))
    #expect((row.firstPieceMicros, row.durationMicros) == (3_000, 20_000))
    #expect((row.modelAnswered, row.finish, row.errorKind) == ("m-2", "tool_calls", nil))
  }

  /// An attempt of 10 tokens at most in, 20 out, at one and two micro-dollars.
  @Test(
    arguments: [
      // Nothing came, nothing was told: nothing is owed.
      (CallOutcome(.failed, error: .badKey), 0, false),
      // Nobody was asked.
      (CallOutcome(.cached, usage: TokenUsage(input: 9, output: 9)), 0, false),
      // 7 bytes are 3 tokens.
      (CallOutcome(.cut, keptBytes: 7, error: .cut), 10 + 6, true),
      (CallOutcome(.failed, keptBytes: 6, error: .stalled), 10 + 4, true),
      (CallOutcome(.finished, keptBytes: 1), 10 + 2, true),
      // The request was on its way: it is counted whole.
      (CallOutcome(.stopped), 10, true),
      (CallOutcome(.failed, hasBegun: true, error: .stalled), 10, true),
      // No more than was asked for.
      (CallOutcome(.stopped, keptBytes: 1_000), 10 + 40, true),
      // What was told when the answer began is no bill for what came after it.
      (CallOutcome(.cut, usage: TokenUsage(input: 8, output: 1), keptBytes: 30), 8 + 20, true),
      (CallOutcome(.stopped, usage: TokenUsage(input: 8, output: 15), keptBytes: 30), 8 + 30, false),
      (CallOutcome(.failed, usage: TokenUsage(input: 8, output: 0), error: .contentFiltered), 8, false),
      (CallOutcome(.finished, usage: TokenUsage(input: 8), keptBytes: 3), 8 + 2, true),
      // Told, and nonsense.
      (CallOutcome(.finished, usage: TokenUsage(input: -1, output: .max), keptBytes: 3), 10 + 2, true),
      (CallOutcome(.finished, usage: TokenUsage(input: 8, output: 1, cachedInput: 9)), 8 + 2, false),
    ] as [(CallOutcome, Int64, Bool)])
  func `what was not told is estimated and marked, what was told is not`(
    outcome: CallOutcome, micros: Int64, isEstimate: Bool
  ) async throws {
    let world = try await LedgerWorld()
    let reservation = try await world.reserve()
    try await world.ledger.settle(reservation, outcome)
    let row = try #require(try await world.row(reservation.id))
    #expect(row.costMicros == micros)
    #expect(row.isEstimate == isEstimate)
    #expect(row.state.rawValue == outcome.end.rawValue)
  }

  @Test func `settling twice changes nothing, whatever the second one says`() async throws {
    let world = try await LedgerWorld()
    try await world.set(1_000)
    let reservation = try await world.reserve()
    try await world.ledger.settle(reservation, CallOutcome(.finished, usage: TokenUsage(input: 5, output: 5)))
    let (row, count) = (try await world.row(reservation.id), try await world.count())
    #expect(count == LedgerWorld.Count(reserved: 0, spent: 15))
    try await world.ledger.settle(reservation, CallOutcome(.finished, usage: TokenUsage(input: 9, output: 9)))
    #expect(try await world.ledger.recover(in: world.workspace, before: Timestamp(microseconds: .max)) == 0)
    #expect(try await world.row(reservation.id) == row)
    #expect(try await world.count() == count)
  }

  @Test func `settling is rolled back with the transaction that it joined`() async throws {
    let world = try await LedgerWorld()
    try await world.set(1_000)
    let reservation = try await world.reserve()
    struct Stop: Error {}
    await #expect(throws: Stop.self) {
      try await world.database.write("test.join", in: world.workspace) { transaction in
        #expect(try CallLedger.settle(reservation, CallOutcome(.stopped), in: transaction))
        throw Stop()
      }
    }
    #expect(try await world.row(reservation.id)?.state == .reserved)
    #expect(try await world.count() == LedgerWorld.Count(reserved: 50, spent: 0))
  }

  @Test func `what an earlier process left is lost, booked with what was reserved, and once`() async throws {
    let world = try await LedgerWorld()
    try await world.set(1_000)
    let left = try await world.reserve()
    let unpriced = try await LedgerWorld(seed: 2)
    let unknown = try await unpriced.reserve(unpriced.attempt(nil))
    world.clock.advance(by: .seconds(10))
    let start = world.clock.now()
    let own = try await world.reserve()
    #expect(try await world.ledger.recover(in: world.workspace, before: start) == 1)
    #expect(try await world.ledger.recover(in: world.workspace, before: start) == 0)
    let row = try #require(try await world.row(left.id))
    #expect((row.state, row.costMicros, row.isEstimate, row.inputTokens) == (.lost, 50, true, nil))
    #expect(try await world.row(own.id)?.state == .reserved)
    #expect(try await world.count() == LedgerWorld.Count(reserved: 50, spent: 50))
    // The bill comes after all, from an attempt that was taken for dead: it is booked already.
    try await world.ledger.settle(left, CallOutcome(.finished, usage: TokenUsage(input: 1, output: 1)))
    #expect(try await world.row(left.id) == row)

    #expect(try await unpriced.ledger.recover(in: unpriced.workspace, before: start) == 1)
    #expect(try await unpriced.row(unknown.id)?.costMicros == nil)
  }

  @Test func `more is recovered than one transaction takes`() async throws {
    let world = try await LedgerWorld()
    try await world.database.write("test.many", in: world.workspace) { transaction in
      for _ in 0..<1_001 { _ = try CallLedger.reserve(world.attempt(), for: world.context(), in: transaction) }
    }
    #expect(try await world.ledger.recover(in: world.workspace, before: Timestamp(microseconds: .max)) == 1_001)
  }

  @Test func `attempts of one call share its id`() async throws {
    let world = try await LedgerWorld()
    let first = world.attempt()
    let second = CallAttempt(
      id: world.ids.make(), call: first.id, attempt: 2, provider: "Other", model: "m", price: nil, inputTokensMax: 1,
      outputTokensMax: 1, isStreamed: false)
    _ = try await world.reserve(first)
    _ = try await world.reserve(second)
    let row = try #require(try await world.row(second.id))
    #expect((row.call, row.attempt, row.provider, row.isStreamed) == (first.id, 2, "Other", false))
  }

  @Test func `an id is booked once`() async throws {
    let world = try await LedgerWorld()
    let attempt = world.attempt()
    _ = try await world.reserve(attempt)
    let error = try await #require(throws: StorageError.self) { try await world.reserve(attempt) }
    #expect(error.kind == .constraint)
  }

  @Test func `a provider's odd words keep no bill from being settled, and no key is kept`() async throws {
    let world = try await LedgerWorld()
    let reservation = try await world.reserve(world.attempt(model: "sk-canary-1234567890"))
    try await world.ledger.settle(
      reservation,
      CallOutcome(
        .finished, modelAnswered: String(repeating: "é", count: 9_000), usage: TokenUsage(input: 1, output: 1),
        finish: .other("a\0b sk-canary-1234567890")))
    let row = try #require(try await world.row(reservation.id))
    #expect(row.model == "[key]")
    #expect(row.finish == "ab [key]")
    #expect(row.modelAnswered == String(repeating: "é", count: 100))
  }

  @Test func `numbers at the end of what 64 bits hold are refused or bounded, and never a trap`() async throws {
    let world = try await LedgerWorld()
    let dear = ModelPrice(inputMicros: .max, outputMicros: .max, cachedInputMicros: .max)
    await #expect(throws: BudgetRefusal.uncountable(model: "m")) {
      try await world.reserve(world.attempt(dear, input: .max, output: .max))
    }
    await #expect(throws: BudgetRefusal.uncountable(model: "m")) {
      try await world.reserve(world.attempt(input: .max, output: .max))
    }
    // One token of this price is all that fits.
    let one = try await world.reserve(world.attempt(dear, input: 1, output: 0))
    #expect(one.micros == Int64.max / 1_000_000 + 1)
    let wild = TokenUsage(input: .max, output: .max, cachedInput: .min, reasoning: .min)
    try await world.ledger.settle(
      one,
      CallOutcome(
        .finished, usage: wild, keptBytes: .max, firstPiece: .seconds(Int64.max), duration: .seconds(Int64.min)))
    let row = try #require(try await world.row(one.id))
    #expect((row.costMicros, row.isEstimate, row.isOverrun) == (one.micros, true, false))
    #expect((row.inputTokens, row.cachedTokens) == (nil, nil))
    #expect((row.firstPieceMicros, row.durationMicros) == (.max, 0))
    // Tokens that are believed and do not multiply are worth what was reserved.
    let two = try await world.reserve(world.attempt(dear, input: 1, output: 0))
    try await world.ledger.settle(two, CallOutcome(.finished, usage: TokenUsage(input: 9, output: 9)))
    #expect(try await world.row(two.id)?.costMicros == two.micros)
    #expect(try await world.spend(by: .model).first?.costMicros == (one.micros ?? 0) * 2)
  }
}
