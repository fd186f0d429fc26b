import Inference
import StrictJSON
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import Gateway

@Suite("Responses that were queued when the server ended", .timeLimit(.minutes(1)))
struct QueuedResponseTests {
  /// One model, whatever it is called.
  private struct OneModel: ModelDirectory {
    let model: ScriptedModel

    func route(named name: String, in workspace: WorkspaceID) async throws -> ModelRoute? {
      guard name != "gone" else { return nil }
      return ModelRoute(
        nil, entries: [Upstream(id: UpstreamID(connection: nil, model: "m"), provider: model)])
    }

    func names(in workspace: WorkspaceID) async throws -> [ModelName] { [] }
  }

  private let world: GatewayWorld
  private let model = ScriptedModel(saying: ["well ", "met"])

  init() async throws { world = try await GatewayWorld() }

  private var keys: GatewayKeys {
    GatewayKeys(desk: world.arbiter.desk, random: world.arbiter.random, clock: world.arbiter.clock)
  }

  /// A server over the same disk, in which so many runs in the background have their turn at a time.
  private func desk(background: Int = 32) -> GatewayDesk {
    var limits = ResponseLimits()
    limits.backgroundMax = background
    return GatewayDesk(
      models: OneModel(model: model), keys: keys,
      responses: StoredResponses(database: world.arbiter.database, sealer: world.arbiter.ring, limits: limits),
      upstreams: Upstreams(), books: CallBooks(ledger: world.ledger, ids: world.ids), cache: nil,
      random: world.arbiter.random, clock: world.arbiter.clock)
  }

  private func ask(_ desk: GatewayDesk, _ operation: GatewayRequest.Operation, with secret: String) async throws -> JSON
  {
    let body: JSON = ["model": "m", "input": "well met", "background": true, "instructions": "Be brief."]
    let answer = try await desk.answer(
      GatewayRequest(
        id: world.ids.next(), operation: operation, headers: ["authorization": "Bearer \(secret)"],
        body: body.compactBytes()))
    guard case .whole(let bytes) = answer.body else { return .null }
    return try JSON(parsing: bytes)
  }

  private func key() async throws -> (id: String, secret: String) {
    let made = try await keys.makeKey(
      GatewayKeyRequest(name: "tests", models: nil, expiresAt: nil), as: world.arbiter.owner, idempotencyKey: nil)
    return (try #require(made.key["id"]?.text), made.secret)
  }

  @Test func `are begun by the next, asked for once, and booked once`() async throws {
    let key = try await key()
    let first = desk(background: 0)
    let made = try await ask(first, .responses, with: key.secret)
    let id = try #require(made["id"]?.text)
    #expect(made["status"] == "queued")
    await first.responses.stop()
    let second = desk()
    try await second.responses.recover(in: world.arbiter.workspace)
    #expect(try await ask(second, .response(id), with: key.secret)["status"] == "queued")
    try await second.beginQueued(in: world.arbiter.workspace)
    try await second.beginQueued(in: world.arbiter.workspace)
    let reader = second.responses.reader(of: try #require(ResponseID(name: id)), in: world.arbiter.workspace)
    let response = try JSON(parsing: try await reader.answer())
    #expect(response["status"] == "completed" && response["instructions"] == "Be brief.")
    #expect(response["created_at"] == made["created_at"] && response["id"]?.text == id)
    #expect(model.requests.withLock { $0 } == 1)
    await second.books?.drain()
    let calls = try await world.arbiter.read("list_model_calls")["items"]?.items ?? []
    #expect(calls.map { $0["state"] } == ["finished"])
  }

  @Test func `fail when their key is gone meanwhile, and nobody is asked`() async throws {
    let key = try await key()
    let first = desk(background: 0)
    _ = try await ask(first, .responses, with: key.secret)
    await first.responses.stop()
    try await world.arbiter.perform("revoke_gateway_key", ["id": .string(key.id)])
    let second = desk()
    try await second.beginQueued(in: world.arbiter.workspace)
    #expect(try await second.responses.store.responses(.queued, in: world.arbiter.workspace).isEmpty)
    #expect(try await second.responses.store.responses(.failed, in: world.arbiter.workspace).count == 1)
    #expect(model.requests.withLock { $0 } == 0)
    #expect(try await second.responses.forget(in: world.arbiter.workspace) == 1)
  }
}
