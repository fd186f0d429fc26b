import Foundation
import Inference
import ModelServer
import Operations
import Server
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary
import Workbench

@Suite("Keys of models in a data folder", .timeLimit(.minutes(5)))
struct ModelKeyTests {
  private static let key = "sk-canary-1234567890"

  /// Connects a model server on this machine and closes the folder again.
  private func connect(_ folder: TemporaryFolder, to server: ModelServer) async throws -> ModelConnection {
    let arbiter = try await folder.open()
    let key = try #require(IdempotencyKey("k"))
    let connection = try await arbiter.connectModel(
      ModelCandidate(key: Self.key, baseURL: server.baseURL), model: "small", name: nil, key: key)
    await arbiter.close()
    return connection
  }

  @Test func `a key is in no file in clear, and opens the model after a restart`() async throws {
    try await ModelServer.run(playing: .plain(200, #"{"data":[{"id":"small"}]}"#)) { server in
      let folder = try TemporaryFolder()
      let connection = try await connect(folder, to: server)
      let files = try #require(FileManager.default.enumerator(atPath: folder.data.path)).compactMap { $0 as? String }
      var bytes = 0
      for file in files {
        guard let data = FileManager.default.contents(atPath: "\(folder.data.path)/\(file)") else { continue }
        bytes += data.count
        #expect(data.range(of: Data("canary".utf8)) == nil, "\(file)")
      }
      #expect(bytes > 50_000)

      server.play(.answer(["well"]))
      let arbiter = try await folder.open()
      let chosen = try #require(try await arbiter.models.chosen(in: arbiter.owner.workspace))
      let answer = try await chosen.provider.answer(
        to: ModelRequest(model: chosen.model, messages: [ModelMessage(.user, "hi")]))
      #expect(answer.text == "well")
      #expect(server.received.last?.headers["authorization"] == "Bearer \(Self.key)")
      #expect(try await arbiter.rebuild(reexecuting: true) { _, _ in }.isEqual)

      _ = try await arbiter.perform(
        OperationCall(operation: "disconnect_model", input: ["id": .string("\(connection.id)")]), key: nil)
      #expect(try await arbiter.models.chosen(in: arbiter.owner.workspace) == nil)
      #expect(!"\(try await arbiter.journalEntries(after: 0, limit: 100))".contains("canary"))
      await arbiter.close()
    }
  }

  @Test func `a key does not open without the key file it was sealed with`() async throws {
    try await ModelServer.run(playing: .plain(200, #"{"data":[{"id":"small"}]}"#)) { server in
      let folder = try TemporaryFolder()
      _ = try await connect(folder, to: server)
      let other = try TemporaryFolder()
      await (try other.open()).close()
      try FileManager.default.removeItem(atPath: folder.data.vaultKeys)
      try FileManager.default.copyItem(atPath: other.data.vaultKeys, toPath: folder.data.vaultKeys)
      let calls = server.received.count
      let arbiter = try await folder.open()
      await #expect(throws: (any Error).self) { try await arbiter.models.chosen(in: arbiter.owner.workspace) }
      #expect(server.received.count == calls)
      await arbiter.close()
    }
  }
}
