import Inference
import Operations
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary
import Workbench

@Suite("What models take")
struct ModelLimitsTests {
  private struct World {
    let arbiter: TestWorkspace
    let finder: ListedModels
    let desk: ModelDesk

    init(_ models: [FoundModel], refusing tokens: Int? = nil) async throws {
      arbiter = try await TestWorkspace()
      finder = ListedModels(models, to: TooLong(tokens: tokens))
      desk = Self.desk(arbiter, finder)
    }

    /// As after a start.
    static func desk(_ arbiter: TestWorkspace, _ finder: ListedModels) -> ModelDesk {
      ModelDesk(
        desk: arbiter.desk, sealer: arbiter.ring, finder: finder, upstreams: Upstreams(), random: arbiter.random)
    }

    func connect(_ model: String) async throws -> ModelConnection {
      try await desk.connect(
        ModelCandidate(key: nil, baseURL: "https://models.example.com/v1"), model: model, name: nil,
        as: arbiter.owner, idempotencyKey: nil
      ).connection
    }

    var chosen: ChosenModel {
      get async throws { try #require(try await desk.chosen(in: arbiter.workspace)) }
    }

    func ask() async throws {
      let request = ModelRequest(model: "m", messages: [ModelMessage(.user, "much")])
      await #expect(throws: InferenceError.self) { try await chosen.provider.answer(to: request) }
    }
  }

  /// Takes nothing, and says how much it would take.
  private struct TooLong: ModelProvider {
    let name = "Test"
    let tokens: Int?

    func stream(_ request: ModelRequest) -> ModelStream {
      ModelStream(answering: request, by: name) { _ in
        throw InferenceError(.contextLength, from: name, "It is too long.").taking(tokens)
      }
    }
  }

  @Test func `what was listed is counted on, and kept with the connection, also after a start`() async throws {
    let world = try await World([
      FoundModel("small", contextTokens: 4_096, outputTokensMax: 1_024), FoundModel("unknown"),
    ])
    let connection = try await world.connect("small")
    #expect(connection.limits == [FoundModel("small", contextTokens: 4_096, outputTokensMax: 1_024)])
    for desk in [world.desk, World.desk(world.arbiter, world.finder)] {
      let chosen = try #require(try await desk.chosen(in: world.arbiter.workspace))
      #expect(chosen.contextTokens == 4_096)
      #expect(chosen.outputTokensMax == 1_024)
      let entry = try #require(try await desk.route(named: "small", in: world.arbiter.workspace)?.entries.first)
      #expect(entry.contextTokens == 4_096 && entry.outputTokensMax == 1_024)
      let unknown = try await desk.route(named: "unknown", in: world.arbiter.workspace)
      #expect(unknown?.entries.first?.contextTokens == nil)
    }
    let rebuilt = try await world.arbiter.rebuild(reexecuting: true)
    #expect(rebuilt.isEqual, "\(rebuilt.differences)")
  }

  @Test func `another look takes the place of what was listed`() async throws {
    let world = try await World([FoundModel("m", contextTokens: 4_096)])
    let connection = try await world.connect("m")
    world.finder.list([FoundModel("m", contextTokens: 32_768)])
    _ = try await world.desk.check(connection.id, as: world.arbiter.owner)
    #expect(try await world.chosen.contextTokens == 32_768)
    world.finder.list([])
    _ = try await world.desk.check(connection.id, as: world.arbiter.owner)
    #expect(try await world.chosen.contextTokens == 4_096)
  }

  @Test(arguments: [nil, 131_072])
  func `what a refusal says is counted on from the next call, and after a start`(listed: Int?) async throws {
    let world = try await World([FoundModel("m", contextTokens: listed)], refusing: 16_384)
    let connection = try await world.connect("m")
    try await world.ask()
    #expect(try await world.chosen.contextTokens == 16_384)
    let later = World.desk(world.arbiter, world.finder)
    #expect(try await later.chosen(in: world.arbiter.workspace)?.contextTokens == 16_384)
    _ = try await world.desk.check(connection.id, as: world.arbiter.owner)
    #expect(
      try await world.chosen.contextTokens == listed ?? ChosenModel.contextTokensUnknown,
      "who looks again may have changed something there")
  }

  @Test func `a refusal that says more than is known, or nothing, changes nothing`() async throws {
    for tokens in [nil, 131_072] {
      let world = try await World([FoundModel("m", contextTokens: 4_096)], refusing: tokens)
      _ = try await world.connect("m")
      try await world.ask()
      #expect(try await world.chosen.contextTokens == 4_096)
      #expect(try await world.arbiter.count("model_findings") == 0)
    }
  }

  @Test func `what was found goes with the connection`() async throws {
    let world = try await World([FoundModel("m")], refusing: 2_048)
    let connection = try await world.connect("m")
    try await world.ask()
    #expect(try await world.arbiter.count("model_findings") == 1)
    try await world.arbiter.perform("disconnect_model", ["id": .string("\(connection.id)")])
    #expect(try await world.arbiter.count("model_findings") == 0)
  }

  private static let input: JSONObject = [
    "baseURL": "https://models.example.com/v1", "provider": "x", "name": "x", "models": ["m"], "model": "m",
    "hasKey": false,
  ]

  @Test func `a connection that was made before anything was said of it is read as it was`() async throws {
    let world = try await World([])
    try await world.arbiter.perform("connect_model", .object(Self.input))
    #expect(try await world.chosen.contextTokens == ChosenModel.contextTokensUnknown)
    let connection = try await world.arbiter.read("list_models")["connections"]?[0]
    #expect(connection?["limits"] == nil)
    #expect(try JSON(parsing: connection?.canonicalText() ?? "").decode(ModelConnection.self).limits == nil)
  }

  @Test(
    arguments: [
      (["model": "m", "contextTokens": 0], "/limits/0/contextTokens"),
      (["model": "m", "contextTokens": 9_007_199_254_740_991], "/limits/0/contextTokens"),
      (["model": "m", "outputTokensMax": 1], "/limits/0/outputTokensMax"),
      (["model": "", "contextTokens": 4_096], "/limits/0/model"),
      (["model": "sk-canary-1234567890", "contextTokens": 4_096], "/limits/0/model"),
    ] as [(JSON, String)])
  func `numbers of no use and keys are refused with their place`(limit: JSON, pointer: String) async throws {
    let world = try await World([])
    var input = Self.input
    input["limits"] = [limit]
    let error = try await #require(throws: OperationError.self) {
      try await world.arbiter.perform("connect_model", .object(input))
    }
    #expect(error.errors.map(\.pointer) == [pointer])
    #expect(!"\(error) \(error.errors)".contains("canary"))
  }
}
