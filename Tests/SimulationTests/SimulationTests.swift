import Foundation
import Testing

@Suite("A workspace's life", .serialized, .timeLimit(.minutes(60)))
struct SimulationTests {
  /// Three in the ordinary suite; 1 to N with `ARBITER_SIMULATION_SEEDS=N`, or the one after the sign in `=17`.
  static let seeds: [UInt64] = {
    let wish = ProcessInfo.processInfo.environment["ARBITER_SIMULATION_SEEDS"] ?? ""
    if wish.hasPrefix("="), let seed = UInt64(wish.dropFirst()) { return [seed] }
    return Array(1...min(max(UInt64(wish) ?? 3, 1), 100_000))
  }()

  /// The seed fixes what is asked for, what fails and when; in which order callers come is up to the machine.
  @Test(arguments: seeds)
  func `keeps what was acknowledged, once, through faults, crashes and restarts`(seed: UInt64) async throws {
    print("simulation: seed \(seed)")
    let simulation = try await Simulation(seed: seed)
    for epoch in 1...6 {
      let findings = try await simulation.live(epoch)
      #expect(findings == [], "seed \(seed), epoch \(epoch)")
      guard findings.isEmpty else { break }
    }
    print("simulation: seed \(seed): \(simulation.summary)")
    try await simulation.end()
  }
}
