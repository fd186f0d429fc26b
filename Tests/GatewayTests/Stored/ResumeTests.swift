import Inference
import StrictJSON
import TestKit
import Testing

@testable import Gateway

@Suite("Reading a kept stream again", .timeLimit(.minutes(2)))
struct ResumeTests {
  private static let pieces = (0..<40).map { "word \($0)\n\n“é” " }

  @Test func `from every number on the rest is the same, byte for byte, also after a restart`() async throws {
    let world = try await StoredWorld()
    let (id, reader) = try await world.begin(ScriptedModel(saying: Self.pieces))
    let uncut = try await reader.bytes()
    _ = try await world.end(of: id)
    let frames = Frames.split(uncut)
    #expect(frames.joined() == String(decoding: uncut, as: UTF8.self))
    for responses in [world.responses, world.restarted] {
      for number in -1..<frames.count {
        let rest = try await world.bytes(of: id, after: number, from: responses)
        #expect(rest == Array(frames.dropFirst(number + 1).joined().utf8), "after \(number)")
      }
    }
  }

  @Test(arguments: 1...30 as ClosedRange<UInt64>)
  func `cut at any bytes and gone on with, it is the uncut one`(_ seed: UInt64) async throws {
    let world = try await StoredWorld(seed: seed)
    let latch = Latch()
    // Half of it is read while it is made.
    let (id, _) = try await world.begin(ScriptedModel(saying: Self.pieces, hold: (20, latch)))
    var client = EventClient()
    while client.last < 60 {
      let start = client.last
      var budget = world.random.below(4_000)
      do {
        try await world.responses.reader(of: id, in: world.workspace).read(after: start) { bytes in
          let part = bytes.prefix(budget)
          budget -= part.count
          try client.receive(part)
          if client.last >= 22 { latch.open() }
          if part.count < bytes.count { throw Cut() }
        }
        break
      } catch is Cut {
        client.cut()
      }
    }
    _ = try await world.end(of: id)
    let uncut = try await world.bytes(of: id)
    try client.receive(try await world.bytes(of: id, after: client.last))
    #expect(client.bytes == uncut)
  }

  private struct Cut: Error {}

  @Test func `many readers read the same, whether they come early, late, or read slowly`() async throws {
    let world = try await StoredWorld()
    let latch = Latch()
    let (id, reader) = try await world.begin(ScriptedModel(saying: Self.pieces, hold: (20, latch)))
    let all = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for number in 0..<20 {
        group.addTask {
          var bytes: [UInt8] = []
          try await reader.read(after: -1) { piece in
            bytes += piece
            for _ in 0..<number * 10 { await Task.yield() }
          }
          return bytes
        }
      }
      latch.open()
      for _ in 0..<20 { group.addTask { try await world.bytes(of: id) } }
      var all: [[UInt8]] = []
      for try await bytes in group { all.append(bytes) }
      return all
    }
    #expect(Set(all).count == 1 && all.count == 40)
    #expect(try await world.bytes(of: id) == all[0])
  }

  @Test func `a run goes on when nobody reads it`() async throws {
    let world = try await StoredWorld()
    let latch = Latch()
    let (id, reader) = try await world.begin(ScriptedModel(saying: Self.pieces, hold: (5, latch)))
    await #expect(throws: Cut.self) { try await reader.read(after: -1) { _ in throw Cut() } }
    latch.open()
    #expect(try await world.end(of: id)["status"] == "completed")
    #expect(try await world.end(of: id)["output"]?[0]?["content"]?[0]?["text"]?.text == Self.pieces.joined())
  }

  @Test func `what a reader has waiting is bounded, however much was said`() async throws {
    let feed = ResponseFeed()
    let frame = String(repeating: "x", count: 1_000)
    for _ in 0..<10_000 { feed.tell([frame]) }
    guard case .take(let tail) = feed.step(after: 9_998) else {
      Issue.record("the newest is there")
      return
    }
    #expect(tail == [frame])
    guard case .read = feed.step(after: -1), case .read = feed.step(after: 9_000) else {
      Issue.record("what is older is on the disk only")
      return
    }
    guard case .wait = feed.step(after: 9_999) else {
      Issue.record("who has all of it waits")
      return
    }
  }
}
