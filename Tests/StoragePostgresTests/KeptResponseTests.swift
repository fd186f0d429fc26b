import Inference
import Storage
import StoragePostgres
import StrictJSON
import Testing
import Vault
import Vocabulary

@testable import Gateway

extension PostgresSuite {
  /// The statements of responses that are kept, on this engine.
  @Suite struct KeptResponses {
    @Test func `a response is written, read from any number on, ended after a crash, and taken away`() async throws {
      let server = try #require(TestServer.shared)
      let database = try await server.open(server.newOptions())
      do { try await live(on: database) } catch {
        await server.remove(database)
        throw error
      }
      await server.remove(database)
    }

    private func live(on database: PostgresDatabase) async throws {
      try await database.migrate(Gateway.migrations)
      let workspace = TestServer.workspace
      let store = ResponseStore(
        database: database,
        sealer: KeyRing(primary: VaultKey(testing: TestRandom().bytes(32)), random: TestRandom()))
      let key = GatewayKeyID(UniqueID(high: 7, low: 7))
      let now = try await database.read("test.now", in: workspace) { $0.time }
      let response = StoredResponse(
        id: ResponseID(UniqueID(high: 1, low: 2)), gatewayKey: key, previous: nil, status: .inProgress,
        isBackground: false, isStreamed: true, createdAt: now, expiresAt: now.advanced(by: .seconds(3600)))
      let request = JSON.object(["model": "m", "input": "hi"])
      var writer = ResponsesAnswerWriter(try response.head(of: request))
      var frames: [String] = []
      for event in [.started(model: "m-1"), .text("well "), .text("met")] as [ModelEvent] {
        let next = writer.frames(for: event)
        try await store.commit(
          ResponseCommit(
            new: frames.isEmpty ? (response, request.compactBytes()) : nil, number: frames.count, frames: next),
          of: response.id, in: workspace)
        frames += next
      }
      #expect(try await store.response(response.id, of: key, in: workspace)?.status == .inProgress)
      for number in -1..<frames.count {
        let rest = try await store.frames(of: response.id, after: number, in: workspace)
        #expect(rest.frames == Array(frames.dropFirst(number + 1)) && !rest.isEnded)
      }
      #expect(try await store.recover(in: workspace) == 1)
      #expect(try await store.frameCount(of: response.id, in: workspace) == frames.count + 1)
      let answer = try JSON(parsing: try #require(try await store.answer(of: response.id, in: workspace)))
      #expect(answer["status"] == "failed" && answer["output"]?[0]?["content"]?[0]?["text"] == "well met")
      #expect(try await store.forget(in: workspace) == 1, "its key is not there")
      #expect(try await store.response(response.id, of: key, in: workspace) == nil)
      #expect(try await store.frameCount(of: response.id, in: workspace) == 0)
    }
  }
}
