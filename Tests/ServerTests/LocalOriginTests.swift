import Inference
import ModelServer
import Operations
import Server
import StrictJSON
import TestKit
import Testing
import Vocabulary
import Workbench

@Suite("Servers of one's own that the configuration lists", .timeLimit(.minutes(5)))
struct LocalOriginTests {
  /// The server of this machine by a name, which is no number of this machine and so as good as any other's.
  private static func origin(of server: ModelServer) -> String {
    server.baseURL.replacing("127.0.0.1", with: "localhost").replacing("/v1", with: "")
  }

  @Test func `are offered, asked in clear, and closed when they are off the list`() async throws {
    try await ModelServer.run(playing: .plain(200, #"{"data":[{"id":"small"}]}"#)) { server in
      let folder = try TemporaryFolder()
      let origin = Self.origin(of: server)
      let candidate = try ModelCandidate(key: "canary-1234567890", baseURL: "\(origin)/v1")
      let key = try #require(IdempotencyKey("k"))

      var arbiter = try await folder.open()
      await #expect(throws: OperationError.self) {
        try await arbiter.connectModel(candidate, model: "small", name: nil, key: key)
      }
      #expect(server.received.isEmpty)
      await arbiter.close()

      var settings = ServerSettings()
      settings.localOrigins = try LocalOrigins([origin])
      arbiter = try await folder.open(settings)
      let offered = try await arbiter.localServers().filter { $0.baseURL == "\(origin)/v1" }
      #expect(offered.map(\.models) == [["small"]] && offered.map(\.name) == ["localhost"])
      #expect(server.received.allSatisfy { $0.headers["authorization"] == nil })
      _ = try await arbiter.connectModel(candidate, model: "small", name: nil, key: key)
      server.play(.answer(["well"]))
      let chosen = try #require(try await arbiter.models.chosen(in: arbiter.owner.workspace))
      let answer = try await chosen.provider.answer(
        to: ModelRequest(model: chosen.model, messages: [ModelMessage(.user, "hi")]))
      #expect(answer.text == "well")
      await arbiter.close()

      let asked = server.received.count
      arbiter = try await folder.open()
      await #expect(throws: InferenceError.self) { try await arbiter.models.chosen(in: arbiter.owner.workspace) }
      #expect(try await arbiter.rebuild(reexecuting: true) { _, _ in }.isEqual)
      #expect(server.received.count == asked)
      await arbiter.close()
    }
  }
}
