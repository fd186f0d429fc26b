import Foundation
import Testing

/// Proposals by the hundred, good, nearly good and hostile, each executed whole or not at all.
///
/// `ARBITER_PROPOSALS=N` sets how many (300 in the ordinary suite; `bin/check --proposals` brings 20,000) and
/// `ARBITER_PROPOSALS_SEED=S` which. The same numbers bring the same proposals.
@Suite("Proposals by the hundred", .timeLimit(.minutes(60)))
struct ProposalSimulationTests {
  /// Proposals brought to one world.
  private static let worldMax = 250

  private static func wish(_ name: String, else usual: UInt64) -> UInt64 {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) } ?? usual
  }

  @Test func `each is executed whole or changes nothing, and all of it can be made again`() async throws {
    let count = Int(clamping: min(max(Self.wish("ARBITER_PROPOSALS", else: 300), 1), 10_000_000))
    let seed = Self.wish("ARBITER_PROPOSALS_SEED", else: 1)
    print("proposals: \(count) with seed \(seed)")
    let start = ContinuousClock.now
    let tally = try await Self.tally(of: count, seed: seed)
    for line in tally.lines { print("proposals: \(line)") }
    let share = (tally.executableShare * 1_000).rounded() / 10
    let seconds = (ContinuousClock.now - start).components.seconds
    print(
      "proposals: \(tally.count) brought, \(share) % executable, \(tally.rows) journal rows in \(tally.rebuilt) worlds, "
        + "each rebuilt and executed again, \(seconds) s, \(tally.findings.count) findings")
    #expect(tally.findings.prefix(10).isEmpty, "seed \(seed): \(tally.findings.prefix(10).joined(separator: "\n"))")
    #expect(tally.count == count)
    #expect(tally.executableShare >= 0.4)
    #expect(tally[.refused] > 0 && tally[.unreadable] > 0 && tally[.executed] > 0)
  }

  /// Worlds side by side, as many as there are processors.
  private static func tally(of count: Int, seed: UInt64) async throws -> ProposalTally {
    let worlds = stride(from: 0, to: count, by: worldMax).map { min(worldMax, count - $0) }
    return try await withThrowingTaskGroup(of: ProposalTally.self) { group in
      var tally = ProposalTally()
      for (number, size) in worlds.enumerated() {
        if number >= ProcessInfo.processInfo.activeProcessorCount, let done = try await group.next() { tally.add(done) }
        group.addTask { try await ProposalTrial.run(size, seed: seed &+ UInt64(number) &* 0x1_0000_0001) }
      }
      for try await done in group { tally.add(done) }
      return tally
    }
  }
}
