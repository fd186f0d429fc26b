import Storage
import StrictJSON
import Synchronization
import TestKit
import Testing
import Vault
import Vocabulary

@testable import Inference

@Suite("Answers that were given before")
struct AnswerCacheTests {
  @Test func `an equal request gets the same answer again, is booked as such, and asks nobody`() async throws {
    let world = try await CacheWorld()
    let first = try await world.ask()
    let second = try await world.ask()
    #expect(first.text == "answer 1" && second == first)
    #expect(world.model.asked == 1)
    #expect(try await world.states() == [.finished, .cached])
    let standing = try await world.standing()
    #expect(standing.answers == 1 && standing.hits == 1 && standing.bytes > 100)
    #expect(world.tally.counts == CacheTally.Counts(hits: 1, misses: 1))
  }

  @Test func `whatever decides an answer decides its key`() async throws {
    let world = try await CacheWorld()
    try await world.ask()
    var asked = 1
    func isNew(_ place: SourceLocation = #_sourceLocation, _ ask: () async throws -> ModelAnswer) async throws {
      _ = try await ask()
      asked += 1
      #expect(world.model.asked == asked, sourceLocation: place)
    }
    try await isNew { try await world.ask("Well met!") }
    try await isNew { try await world.ask(of: "large") }
    try await isNew { try await world.ask(as: world.context(person: PersonID(UniqueID(high: 1, low: 1)))) }
    try await isNew { try await world.ask(as: world.context(task: "propose")) }
    try await isNew { try await world.ask(as: world.context(prompt: "narrate/2")) }
    try await isNew { try await world.ask { $0.temperature = 0.5 } }
    try await isNew { try await world.ask { $0.outputTokensMax = 10 } }
    try await isNew { try await world.ask { $0.stop = ["END"] } }
    try await isNew { try await world.ask { $0.format = .schema(name: "a", ["type": "object"]) } }
    try await isNew { try await world.ask { $0.messages.insert(ModelMessage(.system, "Be kind."), at: 0) } }
    for data in ["QUJD", "QUJE"] {
      try await isNew {
        try await world.ask {
          $0.messages[0] = ModelMessage(
            .user, content: [.text("Well met."), .image(.data(mediaType: "image/png", base64: data))])
        }
      }
    }
    try await isNew {
      try await world.ask {
        $0.format = .schema(name: "a", ["type": "object", "properties": ["a": ["type": "string"], "b": [:]]])
      }
    }
    try await isNew {
      try await world.ask {
        $0.format = .schema(name: "a", ["type": "object", "properties": ["b": [:], "a": ["type": "string"]]])
      }
    }
    // And all of them are there now.
    try await world.ask()
    try await world.ask(of: "large")
    #expect(world.model.asked == asked)
  }

  @Test func `what points to a picture elsewhere is not kept`() async throws {
    let world = try await CacheWorld()
    for _ in 0..<2 {
      try await world.ask {
        $0.messages[0] = ModelMessage(.user, content: [.image(.url("https://example.com/a.png"))])
      }
    }
    #expect(world.model.asked == 2)
  }

  @Test(arguments: [CountingModel.Manner.short, .refusing, .cut])
  func `what is no whole answer is not kept`(_ manner: CountingModel.Manner) async throws {
    let world = try await CacheWorld()
    world.model.behave(manner)
    _ = try? await world.ask()
    #expect(try await world.standing().answers == 0)
    world.model.behave(.whole)
    #expect(try await world.ask().text == "answer 2")
  }

  @Test func `an answer expires`() async throws {
    let world = try await CacheWorld()
    try await world.ask()
    world.clock.advance(by: .seconds(59))
    #expect(try await world.ask().text == "answer 1")
    world.clock.advance(by: .seconds(1))
    #expect(try await world.ask().text == "answer 2")
    #expect(try await world.standing().answers == 1)
  }

  @Test func `an answer survives a restart, and is sealed`() async throws {
    let world = try await CacheWorld()
    try await world.ask("a canary")
    let reopened = AnswerCache(database: world.database, sealer: world.ring, tally: CacheTally())
    #expect(try await world.ask("a canary", in: reopened).text == "answer 1")
    let sealed: [UInt8] = try await world.database.read("test.sealed", in: world.workspace) {
      try $0.value("SELECT sealed FROM cached_answers") ?? []
    }
    #expect(!sealed.isEmpty && !String(decoding: sealed, as: UTF8.self).contains("answer"))
  }

  @Test(arguments: [true, false])
  func `an answer that was damaged or moved is a miss, and is counted`(_ isMoved: Bool) async throws {
    let world = try await CacheWorld()
    try await world.ask("one")
    try await world.ask("two")
    try await world.database.write("test.damage", in: world.workspace) { transaction in
      var rows: [(key: [UInt8], sealed: [UInt8])] = []
      try transaction.forEachRow("SELECT key, sealed FROM cached_answers") {
        rows.append((try $0.get("key"), try $0.get("sealed")))
      }
      for (place, row) in rows.enumerated() {
        var sealed = isMoved ? rows[1 - place].sealed : row.sealed
        if !isMoved { sealed[sealed.count / 2] ^= 1 }
        try transaction.run("UPDATE cached_answers SET sealed = \(sealed) WHERE key = \(row.key)")
      }
    }
    #expect(try await world.ask("one").text == "answer 3")
    #expect(try await world.ask("two").text == "answer 4")
    #expect(world.tally.counts.damaged == 2 && world.tally.counts.hits == 0)
    #expect(try await world.ask("two").text == "answer 4")
  }

  @Test func `an emptied cache finds nothing of before, in its own workspace alone`() async throws {
    let world = try await CacheWorld()
    try await world.ask("one")
    let elsewhere: WorkspaceID = UniqueIDSequence(clock: world.clock, random: world.random).make()
    try await world.empty(in: elsewhere)
    #expect(try await world.ask("one").text == "answer 1")
    try await world.empty(in: world.workspace)
    let standing = try await world.standing()
    #expect(standing.answers == 0 && standing.bytes == 0 && standing.oldest == nil)
    world.clock.advance(by: .microseconds(1))
    #expect(try await world.ask("one").text == "answer 2")
    #expect(try await world.ask("one").text == "answer 2")
    #expect(try await world.standing().sinceStart == CacheTally.Counts(hits: 2, misses: 2))
  }

  @Test func `what is not found any more is deleted, a part in each transaction, and nothing else`() async throws {
    let world = try await CacheWorld()
    let count = AnswerTables.staleRowsMax + 5
    for number in 0..<count { try await world.keep("\(number)") }
    #expect(try await world.rows() == count)
    try await world.empty(in: world.workspace)
    world.clock.advance(by: .seconds(1))
    // Each answer that is kept takes a part along.
    try await world.keep("new")
    #expect(try await world.rows() == 6)
    await world.cache.sweep(in: world.workspace)
    #expect(try await world.rows() == 1)
    // As what has expired, which no answer might come after.
    world.clock.advance(by: .seconds(60))
    await world.cache.sweep(in: world.workspace)
    #expect(try await world.rows() == 0)
    #expect(world.tally.counts.failures == 0)
  }

  @Test func `what was used longest ago makes room`() async throws {
    let world = try await CacheWorld(bounds: AnswerTables.Bounds(bytes: 1 << 20, answers: 3))
    for word in ["a", "b", "c"] {
      try await world.ask(word)
      world.clock.advance(by: .seconds(1))
    }
    try await world.ask("a")
    try await world.ask("d")
    #expect(world.model.asked == 4)
    for word in ["a", "c", "d"] { try await world.ask(word) }
    #expect(world.model.asked == 4)
    try await world.ask("b")
    #expect(world.model.asked == 5)
    #expect(try await world.standing().answers == 3)
  }

  @Test func `fifty equal requests at once are asked once`() async throws {
    let world = try await CacheWorld()
    let (gate, opening) = AsyncStream<Never>.makeStream()
    world.model.wait { for await _ in gate {} }
    let answers = try await withThrowingTaskGroup(of: ModelAnswer.self) { group in
      for _ in 0..<50 { group.addTask { try await world.ask() } }
      while world.model.asked == 0 { await Task.yield() }
      opening.finish()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(answers.map(\.text)) == ["answer 1"])
    #expect(world.model.asked == 1)
    #expect(try await world.states().filter { $0 == .cached }.count == 49)
  }

  @Test func `when the one that asks fails, another asks`() async throws {
    let world = try await CacheWorld()
    let (gate, opening) = AsyncStream<Never>.makeStream()
    world.model.wait { for await _ in gate {} }
    world.model.behave(.refusing)
    let first = Task { try await world.ask() }
    while world.model.asked == 0 { await Task.yield() }
    let second = Task { try await world.ask() }
    opening.finish()
    await #expect(throws: InferenceError.self) { try await first.value }
    world.model.behave(.whole)
    _ = try? await second.value
    #expect(try await world.ask().text.hasPrefix("answer"))
  }

  @Test func `who waits for another's answer can leave`() async throws {
    let world = try await CacheWorld()
    let (gate, opening) = AsyncStream<Never>.makeStream()
    world.model.wait { for await _ in gate {} }
    let first = Task { try await world.ask() }
    while world.model.asked == 0 { await Task.yield() }
    let second = Task { try await world.ask() }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    opening.finish()
    #expect(try await first.value.text == "answer 1")
  }

  @Test func `without a database nothing is cached, and nothing fails`() async throws {
    let world = try await CacheWorld()
    try await world.database.write("test.drop", in: world.workspace) {
      _ = try $0.run("DROP TABLE cached_answers")
    }
    #expect(try await world.ask().text == "answer 1")
    #expect(try await world.ask().text == "answer 2")
    #expect(world.tally.counts.failures == 4)
  }
}
