import Events
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@Suite("Reading events")
struct EventReaderTests {
  private func say(_ arbiter: TestWorkspace, _ count: Int, on topic: Topic = "talk", from first: Int = 1) async throws {
    for number in first..<(first + count) {
      try await arbiter.database.write("test.say", in: arbiter.workspace) { [events = arbiter.events] transaction in
        _ = try events.append(
          EventDraft(topic: topic, type: "said", payload: ["n": .integer(Int64(number))]), in: transaction)
      }
    }
  }

  /// Reads until `count` events came, or the reader ends.
  private func take(_ count: Int, from reader: EventReader) async throws -> [Event] {
    var events: [Event] = []
    for try await element in reader {
      if case .events(let page, _) = element { events += page }
      if events.count >= count { break }
    }
    return events
  }

  @Test(.timeLimit(.minutes(5)))
  func `a reader gets what is stored, then what comes, each once and in order`() async throws {
    let arbiter = try await TestWorkspace()
    try await say(arbiter, 300)
    let reader = arbiter.events.follow(EventCursor(["talk": 0]), in: arbiter.workspace)
    async let read = take(600, from: reader)
    try await say(arbiter, 300, from: 301)
    #expect(try await read.map(\.number) == Array(1...600))
  }

  @Test(.timeLimit(.minutes(5)))
  func `a reader that was left behind by more than memory keeps gets the rest from the database`() async throws {
    let arbiter = try await TestWorkspace()
    try await say(arbiter, 1)
    var reader = arbiter.events.follow(EventCursor(["talk": 0]), in: arbiter.workspace).makeAsyncIterator()
    guard case .events(let first, _) = try await reader.next() else { throw Missing() }
    // It is attached and reads nothing while these come.
    try await say(arbiter, 300, from: 2)
    var numbers = first.map(\.number)
    while numbers.count < 301, case .events(let page, _) = try await reader.next() { numbers += page.map(\.number) }
    #expect(numbers == Array(1...301))
  }

  private struct Missing: Error {}

  @Test(.timeLimit(.minutes(5)), arguments: [0, 1, 128, 299, 300])
  func `a reader that comes back gets what came after its last number`(last: Int64) async throws {
    let arbiter = try await TestWorkspace()
    try await say(arbiter, 301)
    let reader = arbiter.events.follow(EventCursor(["talk": last]), in: arbiter.workspace)
    #expect(try await take(Int(301 - last), from: reader).map(\.number) == Array((last + 1)...301))
  }

  @Test(.timeLimit(.minutes(5)))
  func `readers that come and go while twenty write miss nothing and see nothing twice`() async throws {
    let arbiter = try await TestWorkspace()
    let topics: [Topic] = ["a", "b", "c"]
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<20 {
        group.addTask { try await say(arbiter, 30, on: topics[writer % 3], from: writer * 1000) }
      }
      for reader in 0..<10 {
        group.addTask {
          let numbers = try await readInPieces(arbiter, topics, total: 600, pieces: 5 + reader)
          for topic in topics { #expect(numbers[topic] == Array(1...Int64(numbers[topic]?.count ?? 0))) }
          #expect(numbers.values.map(\.count).reduce(0, +) == 600)
        }
      }
      try await group.waitForAll()
    }
  }

  /// Follows, leaves after some elements, and comes back with its cursor, until `total` events came.
  private func readInPieces(
    _ arbiter: TestWorkspace, _ topics: [Topic], total: Int, pieces: Int
  ) async throws -> [Topic: [Int64]] {
    var cursor = EventCursor(Dictionary(uniqueKeysWithValues: topics.map { ($0, 0) }))
    var numbers: [Topic: [Int64]] = [:]
    while numbers.values.map(\.count).reduce(0, +) < total {
      var left = pieces
      for try await element in arbiter.events.follow(cursor, in: arbiter.workspace) {
        guard case .events(let page, let next) = element else { continue }
        for event in page { numbers[event.topic, default: []].append(event.number) }
        cursor = next
        left -= 1
        if left == 0 || numbers.values.map(\.count).reduce(0, +) >= total { break }
      }
    }
    return numbers
  }

  @Test(.timeLimit(.minutes(5)))
  func `an event of a transaction that was rolled back is never told, and its number is used again`() async throws {
    struct Refused: Error {}
    let arbiter = try await TestWorkspace()
    await #expect(throws: Refused.self) {
      try await arbiter.database.write("test.refuse", in: arbiter.workspace) { [events = arbiter.events] transaction in
        _ = try events.append(EventDraft(topic: "talk", type: "said", payload: ["n": 0]), in: transaction)
        throw Refused()
      }
    }
    try await say(arbiter, 1)
    let reader = arbiter.events.follow(EventCursor(["talk": 0]), in: arbiter.workspace)
    let read = try await take(1, from: reader)
    #expect(read.map(\.number) == [1])
    #expect(try JSON(parsing: read[0].encoded)["payload"] == ["n": 1])
  }

  @Test(.timeLimit(.minutes(5)))
  func `a cursor beyond the end is told to take the snapshot again`() async throws {
    let arbiter = try await TestWorkspace()
    try await say(arbiter, 2)
    var reader = arbiter.events.follow(EventCursor(["talk": 9]), in: arbiter.workspace).makeAsyncIterator()
    #expect(try await reader.next() == .reset("talk", .ahead, EventCursor(["talk": 2])))
  }

  @Test(.timeLimit(.minutes(5)))
  func `a cursor before what is kept is told to take the snapshot again`() async throws {
    let arbiter = try await TestWorkspace()
    try await say(arbiter, 5)
    _ = try await arbiter.database.write("test.forget", in: arbiter.workspace) { transaction in
      try transaction.run(
        "DELETE FROM events WHERE workspace = \(transaction.workspace) AND topic = 'talk' AND number < 4")
    }
    var reader = arbiter.events.follow(EventCursor(["talk": 1]), in: arbiter.workspace).makeAsyncIterator()
    #expect(try await reader.next() == .reset("talk", .tooOld, EventCursor(["talk": 5])))
  }

  @Test(.timeLimit(.minutes(5)))
  func `a heartbeat wakes a reader that waits, and the end of the server ends it`() async throws {
    let arbiter = try await TestWorkspace()
    var reader = arbiter.events.follow(EventCursor(["talk": 0]), in: arbiter.workspace).makeAsyncIterator()
    arbiter.events.beat()
    #expect(try await reader.next() == .idle)
    arbiter.events.finishReaders()
    #expect(try await reader.next() == nil)
    #expect(arbiter.events.readerCount == 0)
  }
}
