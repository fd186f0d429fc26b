import Inference
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Gateway

@Suite("Responses on the disk", .timeLimit(.minutes(2)))
struct StoredResponseTests {
  private static let secret = "the password is swordfish"

  @Test func `another key, another workspace and another id see nothing`() async throws {
    let world = try await StoredWorld()
    let (id, _) = try await world.begin(ScriptedModel(saying: ["well met"]))
    _ = try await world.end(of: id)
    let store = world.responses.store
    #expect(try await store.response(id, of: world.key, in: world.workspace)?.status == .completed)
    #expect(try await store.response(id, of: world.ids.make(), in: world.workspace) == nil)
    #expect(try await store.response(id, of: world.key, in: world.ids.make()) == nil)
    #expect(try await store.response(world.ids.make(), of: world.key, in: world.workspace) == nil)
  }

  @Test func `nothing that was said is in clear, and nothing opens in another place`() async throws {
    let world = try await StoredWorld()
    let (id, _) = try await world.begin(ScriptedModel(saying: [Self.secret]), input: .string(Self.secret))
    let (other, _) = try await world.begin(ScriptedModel(saying: ["else"]))
    for id in [id, other] { _ = try await world.end(of: id) }
    for sql in ["SELECT frames FROM stored_response_frames", "SELECT content FROM stored_response_contents"] as [SQL] {
      let rows = try await world.database.read("test.rows", in: world.workspace) { try $0.rows(sql) }
      #expect(rows.count >= 2)
      for row in rows {
        let column = try #require(row.columns.first)
        let bytes: [UInt8] = try row.get(column)
        #expect(bytes.firstRange(of: Array("swordfish".utf8)) == nil)
      }
    }
    try await world.database.write("test.swap", in: world.workspace) { transaction in
      let content: [UInt8]? = try transaction.value(
        "SELECT content FROM stored_response_contents WHERE response = \(id) AND part = 'answer'")
      try transaction.run(
        "UPDATE stored_response_contents SET content = \(content) WHERE response = \(other) AND part = 'answer'")
    }
    await #expect(throws: (any Error).self) {
      try await world.responses.store.answer(of: other, in: world.workspace)
    }
  }

  @Test func `one that is deleted leaves no row`() async throws {
    let world = try await StoredWorld()
    let (id, _) = try await world.begin(ScriptedModel(saying: ["one", "two"], hold: (2, Latch())), isBackground: true)
    await world.responses.runs.stop(id, because: .deleted)
    try await world.responses.store.delete(id, in: world.workspace)
    for table in ["stored_responses", "stored_response_contents", "stored_response_frames"] as [SchemaName] {
      #expect(try await world.count(table) == 0, "\(table)")
    }
  }

  @Test func `after its time it is not there, and is forgotten; so is that of a key that is gone`() async throws {
    let world = try await StoredWorld()
    let lost: GatewayKeyID = world.ids.make()
    let (orphan, _) = try await world.begin(ScriptedModel(saying: ["orphan"]), key: lost)
    let (old, _) = try await world.begin(ScriptedModel(saying: ["old"]))
    for id in [orphan, old] { _ = try await world.end(of: id) }
    #expect(try await world.responses.forget(in: world.workspace) == 1, "the orphan")
    world.clock.advance(by: .seconds(30 * 86_400 - 1))
    let (fresh, _) = try await world.begin(ScriptedModel(saying: ["fresh"]))
    _ = try await world.end(of: fresh)
    #expect(try await world.responses.forget(in: world.workspace) == 0)
    world.clock.advance(by: .seconds(1))
    #expect(try await world.responses.store.response(old, of: world.key, in: world.workspace) == nil)
    #expect(try await world.responses.forget(in: world.workspace) == 1)
    #expect(try await world.responses.store.response(fresh, of: world.key, in: world.workspace) != nil)
    #expect(try await world.count("stored_responses") == 1)
  }

  // MARK: After a crash

  @Test func `what a crash left under way ends with the next number, and what was told before is before it`()
    async throws
  {
    let world = try await StoredWorld()
    let events: [ModelEvent] = [
      .started(model: "m-1"), .thinking(ModelThinking("Hm.")), .text("well "), .text("met"),
      .toolCall(ModelToolCallPiece(index: 0, id: "call_1", name: "weather", arguments: #"{"pla"#)),
    ]
    let (id, reader) = try await world.begin(ScriptedModel(events, hold: (5, Latch())))
    var client = EventClient()
    try? await reader.read(after: -1) { bytes in
      try client.receive(bytes)
      if String(decoding: bytes, as: UTF8.self).contains("arguments.delta") { throw FailingDatabase.Broken() }
    }
    let told = client.bytes
    // The process ends here: the run writes nothing more, and another begins over the same disk.
    world.disk.fail(after: 0)
    let restarted = world.restarted
    #expect(try await restarted.recover(in: world.workspace) == 1)
    #expect(try await restarted.recover(in: world.workspace) == 0, "once")
    try client.receive(try await world.bytes(of: id, after: client.last, from: restarted))
    #expect(try await world.bytes(of: id, from: restarted) == client.bytes)
    #expect(client.bytes.starts(with: told))
    let last = try #require(Frames.split(client.bytes).last)
    #expect(last.hasPrefix("event: response.failed\n") && last.contains("server_restarted"))
    let answer = try JSON(
      parsing: try #require(try await restarted.store.answer(of: id, in: world.workspace)), limits: .stored)
    #expect(answer["status"] == "failed" && answer["model"] == "m-1")
    let output = try #require(answer["output"]?.items)
    #expect(output.map { $0["status"] } == ["completed", "completed", "incomplete"])
    #expect(output[0]["summary"]?[0]?["text"] == "Hm." && output[1]["content"]?[0]?["text"] == "well met")
    #expect(output[2]["arguments"] == #"{"pla"# && output[2]["call_id"] == "call_1")
    await world.responses.runs.stop(id, because: .server)
  }

  @Test func `what waited for its turn when the process ended is begun by the next, once, in the same words`()
    async throws
  {
    let world = try await StoredWorld()
    let response = world.response(isBackground: true)
    let asked = try world.asked(ScriptedModel(saying: ["well met"]), response)
    try await ResponseRun(
      response, asking: asked, in: world.workspace, store: world.responses.store, limits: ResponseLimits()
    ) { _ in }.queue()
    let before = try await world.responses.store.frames(of: response.id, after: -1, in: world.workspace).frames
    let restarted = world.restarted
    #expect(try await restarted.recover(in: world.workspace) == 0)
    #expect(try await restarted.store.responses(.queued, in: world.workspace).map(\.id) == [response.id])
    try restarted.beginAgain(response, asking: asked, in: world.workspace)
    let bytes = try await world.bytes(of: response.id, from: restarted)
    #expect(bytes.starts(with: Array(before.joined().utf8)) && before.count == 2)
    #expect(try await restarted.store.responses(.queued, in: world.workspace).isEmpty)
    var client = EventClient()
    try client.receive(bytes)
    #expect(String(decoding: bytes, as: UTF8.self).contains("response.completed"))
  }

  @Test func `one that cannot be opened any more has failed, and keeps no server from starting`() async throws {
    let world = try await StoredWorld()
    let (id, _) = try await world.begin(ScriptedModel(saying: ["one"], hold: (1, Latch())), isBackground: true)
    let reader = world.responses.reader(of: id, in: world.workspace)
    try? await reader.read(after: 1) { _ in throw FailingDatabase.Broken() }
    try await world.database.write("test.damage", in: world.workspace) { transaction in
      _ = try transaction.run("UPDATE stored_response_contents SET content = \([UInt8](repeating: 7, count: 100))")
    }
    world.disk.fail(after: 0)
    #expect(try await world.restarted.recover(in: world.workspace) == 1)
    #expect(try await world.responses.store.response(id, of: world.key, in: world.workspace)?.status == .failed)
    await world.responses.runs.stop(id, because: .server)
  }
}

@Suite("What was asked of a response")
struct ResponseItemTests {
  private let id = ResponseID(UniqueID(high: 1, low: 2))

  @Test func `an id is read as it is written, and nothing else is one`() {
    #expect(id.name == "resp_00000000000000010000000000000002")
    #expect(ResponseID(name: id.name) == id)
    for text in ["", "resp_", "resp_1", "msg_00000000000000010000000000000002", id.name + "0", id.digits] {
      #expect(ResponseID(name: text) == nil, "\(text)")
    }
  }

  @Test func `every item says what it is, has an id, and holds parts`() {
    let body: JSON = [
      "input": [
        ["role": "user", "content": "hi"], ["role": "assistant", "content": "yes?"],
        ["type": "function_call_output", "call_id": "c", "output": "7", "id": "mine"],
      ]
    ]
    let items = ResponseItems.input(of: body, for: id)
    #expect(items[0]["type"] == "message" && items[0]["content"] == [["type": "input_text", "text": "hi"]])
    #expect(items[0]["id"]?.text == "msg_\(id.digits)_in0")
    #expect(items[1]["content"]?[0]?["type"] == "output_text")
    #expect(items[2]["id"] == "mine")
    #expect(ResponseItems.input(of: ["input": "hi"], for: id) == [items[0]])
  }

  @Test func `a list is given a page at a time, newest first unless it is said otherwise`() throws {
    let items = (0..<5).map { JSON.object(["id": .string("i\($0)")]) }
    let first = try ItemPage(["limit": "2"]).list(of: items)
    #expect(first["data"] == [["id": "i4"], ["id": "i3"]] && first["has_more"] == true)
    #expect(first["first_id"] == "i4" && first["last_id"] == "i3" && first["object"] == "list")
    let last = try ItemPage(["after": "i1"]).list(of: items)
    #expect(last["data"] == [["id": "i0"]] && last["has_more"] == false)
    #expect(try ItemPage(["order": "asc", "limit": "1"]).list(of: items)["data"] == [["id": "i0"]])
    #expect(try ItemPage([:]).list(of: [])["first_id"] == .null)
    let fault = #expect(throws: GatewayFault.self) { try ItemPage(["limit": "0", "order": "up"]) }
    #expect(fault?.errors.map(\.pointer) == ["/limit", "/order"])
    #expect(throws: GatewayFault.self) { try ItemPage(["after": "nobody"]).list(of: items) }
  }

  @Test(arguments: [
    ["stream": "yes"], ["stream": "true", "starting_after": "x"], ["stream": "true", "starting_after": "-1"],
    ["stream": "true", "starting_after": "1.5"], ["starting_after": "1"],
  ])
  func `a number that is none is refused`(_ query: [String: String]) {
    let fault = #expect(throws: GatewayFault.self) { try ResponseQuery(query) }
    #expect(fault?.status == 400)
  }

  @Test func `a number that no event has is refused`() throws {
    let query = try ResponseQuery(["stream": "true", "starting_after": "7", "include": "x"])
    try query.check(against: 8)
    #expect(throws: GatewayFault.self) { try query.check(against: 7) }
  }
}
