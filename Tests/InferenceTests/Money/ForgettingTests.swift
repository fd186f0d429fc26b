import TestKit
import Testing
import Vocabulary

@testable import Inference

@Suite("Calls of long ago")
struct ForgettingTests {
  @Test func `are forgotten when they have ended, and budgets count on`() async throws {
    let world = try await LedgerWorld()
    try await world.set(1_000, per: .total)
    let (ended, open) = (try await world.reserve(), try await world.reserve())
    try await world.ledger.settle(
      ended, CallOutcome(.finished, usage: TokenUsage(input: 10, output: 20)))
    world.clock.advance(by: CallLedger.kept)
    let recent = try await world.reserve()
    try await world.ledger.settle(recent, CallOutcome(.failed))
    #expect(try await world.ledger.forget(in: world.workspace) == 0)
    world.clock.advance(by: .seconds(1))
    #expect(try await world.ledger.forget(in: world.workspace) == 1)
    #expect(try await world.row(ended.id) == nil)
    #expect(try await world.row(open.id) != nil)
    #expect(try await world.row(recent.id) != nil)
    #expect(try await world.count()?.spent == 50)
  }
}
