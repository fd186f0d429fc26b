import Inference
import TestKit
import Testing
import Vocabulary
import Workbench

@testable import Web

@Suite struct ListeningTests {
  @Test func `a port that another program holds is told in one sentence with a way out`() async throws {
    try await EdgeUnderTest.run { edge in
      let world = edge.world
      let second = try WebEdge(
        desk: world.desk, proposals: world.proposals([]), turns: try TestTurns(world).desk,
        models: ModelDesk(
          desk: world.desk, sealer: world.ring, finder: NoModels(), upstreams: Upstreams(), random: world.random),
        gateway: world.gateway(NoModels()), gatewayKeys: world.gatewayKeys, cacheTally: CacheTally(),
        people: world.people,
        events: world.events, database: world.database,
        terminalToken: TerminalToken(EdgeUnderTest.token, workspace: world.workspace),
        configuration: WebConfiguration(host: "127.0.0.1", port: edge.port), clock: world.clock,
        ids: UniqueIDSequence(clock: world.clock, random: world.random), metrics: PrometheusMetrics(),
        logger: edge.log.logger)
      await #expect {
        try await second.run()
      } throws: { error in
        "\(error)"
          == "Another program listens on port \(edge.port) of 127.0.0.1. Stop it, or choose another port with --port (0 is any free one)."
      }
    }
  }
}
