import Inference
import Operations
import Storage
import StrictJSON
import TestKit
import Testing
import Vault
import Vocabulary
import Workbench

@Suite("Models that are connected")
struct ModelDeskTests {
  /// Of no known shape, so that nothing but not writing it keeps it out of a text.
  private static let key = "canary-1234567890"
  private static let address = "https://models.example.com/v1"

  private struct World {
    let arbiter: TestWorkspace
    let finder: ListedModels
    let desk: ModelDesk

    init(
      _ models: [FoundModel] = [FoundModel("small"), FoundModel("large")], localOrigins: LocalOrigins = .none
    ) async throws {
      arbiter = try await TestWorkspace()
      finder = ListedModels(models)
      desk = Self.desk(arbiter, finder, localOrigins)
    }

    /// The world as a restart with other origins finds it.
    init(_ before: World, localOrigins: LocalOrigins) {
      arbiter = before.arbiter
      finder = before.finder
      desk = Self.desk(arbiter, finder, localOrigins)
    }

    private static func desk(
      _ arbiter: TestWorkspace, _ finder: ListedModels, _ localOrigins: LocalOrigins
    ) -> ModelDesk {
      ModelDesk(
        desk: arbiter.desk, sealer: arbiter.ring, finder: finder, upstreams: Upstreams(), random: arbiter.random,
        localOrigins: localOrigins)
    }

    @discardableResult func connect(
      key: String? = ModelDeskTests.key, at address: String = ModelDeskTests.address, model: String? = "small",
      name: String? = nil, once: String? = nil
    ) async throws -> (connection: ModelConnection, isRepeated: Bool) {
      try await desk.connect(
        ModelCandidate(key: key, baseURL: address), model: model, name: name, as: arbiter.owner, idempotencyKey: once)
    }

    func chosen() async throws -> ChosenModel? { try await desk.chosen(in: arbiter.workspace) }
    var list: JSON { get async throws { try await arbiter.read("list_models") } }
  }

  @Test func `nothing is chosen until somebody chooses`() async throws {
    let world = try await World()
    #expect(try await world.chosen() == nil)
    #expect(try await world.list["chosen"] == .null)
    #expect(try await world.list["builtIn"]?["name"] == "built-in")
  }

  @Test func `what is connected is chosen, and its door gets the key and the address that were accepted`() async throws
  {
    let world = try await World()
    let connection = try await world.connect().connection
    let chosen = try #require(try await world.chosen())
    #expect(chosen.model == "small")
    #expect(chosen.contextTokens == 8_192)
    #expect(chosen.price == nil)
    #expect(world.finder.doors == [.init(name: "models.example.com", address: Self.address, secret: Self.key)])
    let list = try await world.list
    #expect(
      list["chosen"] == [
        "connection": .string("\(connection.id)"), "provider": "models.example.com", "model": "small", "badge": .null,
      ])
    #expect(list["connections"]?[0]?["hasKey"] == true)
  }

  @Test func `the key is nowhere in the journal, in the answers and in clear in the database`() async throws {
    let world = try await World()
    let connection = try await world.connect().connection
    let rows = try await world.arbiter.database.read("test.rows", in: world.arbiter.workspace) { transaction in
      let journal = world.arbiter.journal
      return try journal.rows(after: 0, limit: 100, in: transaction).map { row in
        row.operation + (try JSON(encoding: journal.content(of: row, in: transaction.workspace))).canonicalText()
      }
    }
    #expect(rows.contains { $0.contains("connect_model") && $0.contains(Self.address) })
    #expect(!rows.joined().contains("canary"))
    #expect(!"\(connection) \(try await world.list)".contains("canary"))
    let sealed: [[UInt8]] = try await world.arbiter.database.read("test.keys", in: world.arbiter.workspace) {
      var sealed: [[UInt8]] = []
      try $0.forEachRow("SELECT sealed FROM model_keys WHERE workspace = \($0.workspace)") {
        sealed.append(try $0.get("sealed"))
      }
      return sealed
    }
    #expect(sealed.count == 1)
    #expect(!String(decoding: sealed[0], as: UTF8.self).contains("canary"))
  }

  @Test func `disconnecting destroys the key, and leaves nothing chosen`() async throws {
    let world = try await World()
    let connection = try await world.connect().connection
    try await world.arbiter.perform("disconnect_model", ["id": .string("\(connection.id)")])
    #expect(try await world.arbiter.count("model_keys") == 0)
    #expect(try await world.arbiter.count("model_connections") == 0)
    #expect(try await world.chosen() == nil)
    let rebuilt = try await world.arbiter.rebuild(reexecuting: true)
    #expect(rebuilt.isEqual, "\(rebuilt.differences)")
  }

  @Test func `connecting again replaces the connection and its key`() async throws {
    let world = try await World()
    let first = try await world.connect().connection
    let second = try await world.connect(key: "sk-second-1234567890", model: "large").connection
    #expect(first.id == second.id)
    #expect(try await world.arbiter.count("model_connections") == 1)
    _ = try await world.chosen()
    #expect(world.finder.doors.last?.secret == "sk-second-1234567890")
    try await world.connect(key: nil)
    #expect(try await world.arbiter.count("model_keys") == 0)
    try await world.connect(name: "At work")
    #expect(try await world.arbiter.count("model_connections") == 2)
  }

  @Test func `a call that is repeated connects once`() async throws {
    let world = try await World()
    let first = try await world.connect(once: "k")
    let again = try await world.connect(once: "k")
    #expect(!first.isRepeated && again.isRepeated)
    #expect(again.connection == first.connection)
    try await world.arbiter.perform("disconnect_model", ["id": .string("\(first.connection.id)")])
    #expect(try await world.connect(once: "k").isRepeated)
    #expect(try await world.arbiter.count("model_keys") == 0)
  }

  @Test func `a key goes to no other address, also when the row beside it is changed`() async throws {
    let world = try await World()
    try await world.connect()
    try await world.arbiter.database.write("test.tamper", in: world.arbiter.workspace) { transaction in
      _ = try transaction.run(
        """
        UPDATE model_connections SET base_url = \("https://elsewhere.example/v1")
        WHERE workspace = \(transaction.workspace)
        """)
    }
    let error = try await #require(throws: InferenceError.self) { try await world.chosen() }
    #expect(error.kind == .badKey)
    #expect(world.finder.doors.isEmpty)
  }

  private static let nearby = "http://192.168.1.20:11434/v1"

  @Test func `a server of one's own is connected in clear where its origin is listed, and costs nothing`() async throws
  {
    let world = try await World(localOrigins: LocalOrigins(["http://192.168.1.20:11434"]))
    try await world.connect(at: Self.nearby)
    let chosen = try #require(try await world.chosen())
    #expect(world.finder.doors == [.init(name: "192.168.1.20", address: Self.nearby, secret: Self.key)])
    #expect(chosen.price?.isFree == true)
    // The journal is made again without the configuration.
    let rebuilt = try await world.arbiter.rebuild(reexecuting: true)
    #expect(rebuilt.isEqual, "\(rebuilt.differences)")
  }

  @Test(arguments: [[], ["http://192.168.1.20"], ["http://192.168.1.20:8080"], ["https://192.168.1.20:11434"]])
  func `nothing is sent in clear to a server whose exact origin is not listed`(origins: [String]) async throws {
    let world = try await World(localOrigins: LocalOrigins(origins))
    for attempt in ["check", "connect"] {
      let error = try await #require(throws: OperationError.self) {
        if attempt == "connect" { try await world.connect(at: Self.nearby) }
        _ = try await world.desk.check(ModelCandidate(key: Self.key, baseURL: Self.nearby), as: world.arbiter.owner)
      }
      #expect(error.errors.map(\.code) == ["insecure_address"] && error.errors.map(\.pointer) == ["/baseURL"])
    }
    #expect(world.finder.asked == 0)
    #expect(try await world.arbiter.count("model_keys") == 0)
  }

  @Test func `a connection is closed when its origin is off the list: it stays, and nothing is sent to it`()
    async throws
  {
    let before = try await World(localOrigins: LocalOrigins(["http://192.168.1.20:11434"]))
    let connection = try await before.connect(at: Self.nearby).connection
    let asked = before.finder.asked
    let world = World(before, localOrigins: .none)
    let error = try await #require(throws: InferenceError.self) { try await world.chosen() }
    #expect(error.kind == .badRequest && "\(error)".contains("models.local_origins"))
    let check = try await world.desk.check(connection.id, as: world.arbiter.owner)
    #expect(!check.isUsable)
    #expect(world.finder.doors.isEmpty && world.finder.asked == asked)
    #expect(try await world.list["connections"]?[0]?["baseURL"]?.text == Self.nearby)
    // On the list again it is as it was.
    _ = try await before.chosen()
    #expect(before.finder.doors.map(\.secret) == [Self.key])
  }

  @Test func `an operation writes what is no address never, and what may not be asked without effect`() async throws {
    let world = try await World()
    func connect(_ address: String) async throws {
      try await world.arbiter.perform(
        "connect_model",
        [
          "baseURL": .string(address), "provider": "x", "name": "x", "models": [], "model": "m", "hasKey": false,
        ])
    }
    let error = try await #require(throws: OperationError.self) { try await connect("ftp://nas.local") }
    #expect(error.errors.map(\.code) == ["invalid_address"])
    try await connect(Self.nearby)
    await #expect(throws: InferenceError.self) { try await world.chosen() }
    #expect(world.finder.doors.isEmpty && world.finder.asked == 0)
  }

  @Test func `a choice is taken back, but not to a connection that is gone`() async throws {
    let world = try await World()
    let connection = try await world.connect().connection
    let id = JSON.string("\(connection.id)")
    try await world.arbiter.perform("choose_model", ["connection": id, "model": "large"])
    #expect(try await world.list["connections"]?[0]?["model"] == "large")
    let row = try await world.arbiter.perform("choose_model", ["builtIn": true]).row.number
    #expect(try await world.chosen()?.provider.badge == .builtIn)
    try await world.arbiter.perform("undo", ["journal": .integer(row)])
    #expect(try await world.list["chosen"]?["model"] == "large")
    let next = try await world.arbiter.perform("choose_model", ["none": true]).row.number
    #expect(try await world.chosen() == nil)
    try await world.arbiter.perform("disconnect_model", ["id": id])
    let error = try await #require(throws: OperationError.self) {
      try await world.arbiter.perform("undo", ["journal": .integer(next)])
    }
    #expect(error.code == .undoConflict)
    let rebuilt = try await world.arbiter.rebuild(reexecuting: true)
    #expect(rebuilt.isEqual, "\(rebuilt.differences)")
  }

  @Test(
    arguments: [
      ([:], ""), (["builtIn": true, "none": true], ""), (["builtIn": false], ""), (["model": "small"], ""),
      (["connection": "0197a3c1-0000-7000-8000-000000000000", "model": "small"], "/connection"),
    ] as [(JSON, String)])
  func `a choice that is none is refused with its place`(input: JSON, pointer: String) async throws {
    let world = try await World()
    try await world.connect()
    let error = try await #require(throws: OperationError.self) {
      try await world.arbiter.perform("choose_model", input)
    }
    #expect(error.errors.map(\.pointer) == [pointer])
  }

  @Test(
    arguments: [
      (nil, address, "/model", "say which one"), ("other", address, "/model", "did not list"),
      ("small", "https://models.example.com/sk-canary-1234567890", "/baseURL", "key"),
    ] as [(String?, String, String, String)])
  func `what cannot be connected is refused, and nothing is kept`(
    model: String?, address: String, pointer: String, words: String
  ) async throws {
    let world = try await World()
    let error = try await #require(throws: OperationError.self) {
      try await world.connect(at: address, model: model)
    }
    #expect(error.errors.map(\.pointer) == [pointer])
    #expect("\(error)".contains(words))
    #expect(!"\(error) \(error.errors)".contains("canary"))
    #expect(try await world.arbiter.count("model_keys") == 0)
    #expect(try await world.arbiter.count("model_connections") == 0)
  }

  @Test func `a key that the provider refuses connects nothing, and is not told`() async throws {
    let world = try await World()
    let error = try await #require(throws: OperationError.self) { try await world.connect(key: "sk-wrong-1234567") }
    #expect(error.code == .refused)
    #expect(error.message == "models.example.com does not take [key] at all. Nothing was connected.")
  }

  @Test func `a name or a model that is a key is refused before it is in the journal`() async throws {
    let world = try await World()
    let input: JSON = [
      "baseURL": .string(Self.address), "provider": "x", "name": "sk-canary-1234567890", "models": [], "model": "m",
      "hasKey": false,
    ]
    let error = try await #require(throws: OperationError.self) {
      try await world.arbiter.perform("connect_model", input)
    }
    #expect(error.errors.map(\.code) == ["looks_like_a_key"])
    #expect(!"\(error) \(error.errors)".contains("canary"))
  }

  @Test func `the only model of a provider need not be named`() async throws {
    let world = try await World([FoundModel("only")])
    #expect(try await world.connect(model: nil).connection.model == "only")
  }

  @Test(arguments: [Role.editor, .viewer])
  func `only an owner connects, checks, looks and chooses`(role: Role) async throws {
    let world = try await World()
    let person = world.arbiter.principal(role)
    let candidate = try ModelCandidate(key: Self.key, baseURL: Self.address)
    await #expect(throws: OperationError.self) { try await world.desk.check(candidate, as: person) }
    await #expect(throws: OperationError.self) { try await world.desk.localServers(as: person) }
    await #expect(throws: OperationError.self) {
      try await world.desk.connect(candidate, model: "small", name: nil, as: person, idempotencyKey: nil)
    }
    await #expect(throws: OperationError.self) {
      try await world.arbiter.perform("choose_model", ["builtIn": true], as: person)
    }
    #expect(try await world.arbiter.count("model_keys") == 0)
  }

  @Test func `a workspace has so many connections and no more`() async throws {
    let world = try await World()
    for number in 1...50 { try await world.connect(key: nil, name: "Number \(number)") }
    let error = try await #require(throws: OperationError.self) { try await world.connect(key: nil, name: "One more") }
    #expect(error.code == .refused)
    try await world.connect(key: nil, name: "Number 7")
  }
}
