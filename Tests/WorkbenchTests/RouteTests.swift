import Inference
import Operations
import StrictJSON
import TestKit
import Testing
import Vocabulary
import Workbench

@Suite("Routes that people name")
struct RouteTests {
  private struct World {
    let arbiter: TestWorkspace
    let desk: ModelDesk
    let finder = ListedModels([FoundModel("small"), FoundModel("large")])

    init() async throws {
      arbiter = try await TestWorkspace()
      desk = ModelDesk(
        desk: arbiter.desk, sealer: arbiter.ring, finder: finder, upstreams: Upstreams(), random: arbiter.random)
    }

    @discardableResult func connect(_ name: String) async throws -> String {
      let connection = try await desk.connect(
        ModelCandidate(key: "canary-1234567890", baseURL: "https://\(name).example.com/v1"), model: "small", name: name,
        as: arbiter.owner, idempotencyKey: nil
      ).connection
      return "\(connection.id)"
    }

    @discardableResult func set(_ name: String, _ entries: JSON, _ more: JSONObject = [:]) async throws -> Performed {
      var input: JSONObject = ["name": .string(name), "entries": entries]
      for (key, value) in more { input[key] = value }
      return try await arbiter.perform("set_route", .object(input))
    }

    func route(_ name: String) async throws -> ModelRoute? { try await desk.route(named: name, in: arbiter.workspace) }
  }

  private static let builtIn: JSON = ["model": "built-in"]

  @Test func `a route asks its entries in order, as patiently as it says`() async throws {
    let world = try await World()
    let (first, second) = (try await world.connect("first"), try await world.connect("second"))
    try await world.set(
      "careful",
      [
        ["connection": .string(second), "model": "large"], ["connection": .string(first), "model": "small"],
        Self.builtIn,
      ],
      [
        "connectSeconds": 2, "firstPieceSeconds": 7, "silenceSeconds": 8, "wholeSeconds": 90, "retries": 1,
        "goesOn": true, "outputTokensMax": 500, "cacheSeconds": 60,
      ])
    let route = try #require(try await world.route("careful"))
    #expect(route.name == "careful")
    #expect(route.entries.map(\.model) == ["large", "small", "built-in"])
    #expect(route.entries.map { "\($0.id.connection.map { "\($0)" } ?? "-")" } == [second, first, "-"])
    #expect(route.retry.retriesMax == 1 && route.whole == .seconds(90))
    #expect(route.continuation != nil && route.outputTokensMax == 500 && route.cacheAge == .seconds(60))
    let times = try #require(world.finder.times.last)
    #expect(times.connect == .seconds(2) && times.firstPiece == .seconds(7))
    #expect(times.betweenPieces == .seconds(8) && times.whole == .seconds(90))
    #expect(try await world.desk.names(in: world.arbiter.workspace).map(\.name).prefix(2) == ["default", "careful"])
  }

  @Test func `a route's name goes before a model's, which is reached behind its connection's`() async throws {
    let world = try await World()
    try await world.connect("first")
    try await world.set("large", [Self.builtIn])
    #expect(try await world.route("large")?.entries.map(\.model) == ["built-in"])
    #expect(try await world.route("first/large")?.entries.map(\.model) == ["large"])
    #expect(try await world.route("nothing") == nil)
  }

  @Test func `what makes no route is refused with every fault`() async throws {
    let world = try await World()
    let first = try await world.connect("first")
    let nobody = "0197a3c1-0000-7000-8000-000000000099"
    let error = try #require(
      await #expect(throws: OperationError.self) {
        try await world.set(
          "default",
          [
            ["connection": .string(first), "model": "huge"], ["connection": .string(nobody), "model": "small"],
            ["model": "small"], Self.builtIn, Self.builtIn,
          ])
      })
    #expect(
      error.errors.map(\.pointer) == [
        "/name", "/entries/0/model", "/entries/1/connection", "/entries/2/model", "/entries/4",
      ])
    for (name, entries, more) in [
      ("Fast", [Self.builtIn], [:]), ("fast", [], [:]), ("fast", [Self.builtIn], ["retries": 4]),
      ("fast", [Self.builtIn], ["wholeSeconds": 0]),
    ] as [(String, JSON, JSONObject)] {
      await #expect(throws: OperationError.self) { try await world.set(name, entries, more) }
    }
    #expect(try await world.arbiter.read("list_routes")["items"] == [])
  }

  @Test func `a surface asks its route, and the chosen model again when that is removed; both can be undone`()
    async throws
  {
    let world = try await World()
    try await world.connect("first")
    try await world.set("fast", [Self.builtIn])
    func answering(_ surface: CallContext.Surface) async throws -> String? {
      try await world.desk.chosen(
        for: CallContext(workspace: world.arbiter.workspace, surface: surface, task: "test"), delivery: .whole)?.model
    }
    try await world.arbiter.perform("assign_route", ["surface": "tabletop", "route": "fast"])
    #expect(try await answering(.tabletop) == "built-in")
    #expect(try await answering(.gateway) == "small")
    let removed = try await world.arbiter.perform("remove_route", ["name": "fast"])
    #expect(try await answering(.tabletop) == "small")
    #expect(try await world.arbiter.read("list_routes")["assignments"] == [])
    try await world.arbiter.perform("undo", ["journal": .integer(removed.row.number)])
    #expect(try await answering(.tabletop) == "built-in")
    try await world.arbiter.perform("assign_route", ["surface": "tabletop"])
    #expect(try await answering(.tabletop) == "small")
  }

  @Test func `for the gateway, “default” is the route that is assigned to it`() async throws {
    let world = try await World()
    try await world.connect("first")
    #expect(try await world.route("default")?.entries.map(\.model) == ["small"])
    try await world.set("fast", [Self.builtIn])
    try await world.arbiter.perform("assign_route", ["surface": "gateway", "route": "fast"])
    #expect(try await world.route("default")?.entries.map(\.model) == ["built-in"])
  }

  @Test func `“default” is in the list wherever it answers: as the gateway's route, also where no model was chosen`()
    async throws
  {
    let world = try await World()
    func defaults() async throws -> [String] {
      try await world.desk.names(in: world.arbiter.workspace).filter { $0.name == "default" }.map(\.provider)
    }
    #expect(try await defaults() == [])
    try await world.set("fast", [Self.builtIn])
    #expect(try await defaults() == [])
    try await world.arbiter.perform("assign_route", ["surface": "gateway", "route": "fast"])
    #expect(try await defaults() == ["The built-in model"])
    #expect(try await world.route("default") != nil)
    // With both it is the route that answers, and that is told.
    try await world.connect("first")
    #expect(try await defaults() == ["The built-in model"])
    try await world.arbiter.perform("remove_route", ["name": "fast"])
    #expect(try await defaults() == ["first.example.com"])
  }

  @Test func `a connection that goes is taken out of the routes, and an empty route goes with it`() async throws {
    let world = try await World()
    let first = try await world.connect("first")
    try await world.set("both", [["connection": .string(first), "model": "small"], Self.builtIn])
    let lonely = try await world.set("lonely", [["connection": .string(first), "model": "large"]])
    try await world.arbiter.perform("assign_route", ["surface": "gateway", "route": "lonely"])
    try await world.arbiter.perform("disconnect_model", ["id": .string(first)])
    #expect(try await world.route("both")?.entries.map(\.model) == ["built-in"])
    #expect(try await world.route("lonely") == nil)
    #expect(try await world.route("default") == nil)
    #expect(try await world.arbiter.read("list_routes")["assignments"] == [])
    // What leads over a connection that is gone does not come back.
    await #expect(throws: OperationError.self) {
      try await world.arbiter.perform("undo", ["journal": .integer(lonely.row.number)])
    }
    let report = try await world.arbiter.rebuild()
    #expect(report.isEqual)
  }

  @Test func `an editor may read routes and not set them`() async throws {
    let world = try await World()
    await #expect(throws: OperationError.self) {
      try await world.arbiter.perform(
        "set_route", ["name": "fast", "entries": [Self.builtIn]], as: world.arbiter.principal(.editor))
    }
  }
}
