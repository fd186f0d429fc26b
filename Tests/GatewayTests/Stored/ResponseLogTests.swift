import Synchronization
import TestKit
import Testing

@testable import Gateway

@Suite("Bringing events to the disk", .timeLimit(.minutes(1)))
struct ResponseLogTests {
  /// Takes commits, and holds them until they are let through.
  private final class Disk: Sendable {
    struct Full: Error {}
    let latch = Latch()
    let commits = Mutex<[[String]]>([])
    let told = Mutex<[[String]]>([])
    let isFull = Mutex(false)
    private let begun = AsyncStream.makeStream(of: Void.self)

    func log(from number: Int = 0) -> ResponseLog {
      ResponseLog(
        from: number,
        commit: { [self] part in
          begun.continuation.yield()
          try await latch.wait()
          if isFull.withLock({ $0 }) { throw Full() }
          commits.withLock { $0.append(part.frames) }
        }, tell: { [self] part in told.withLock { $0.append(part.frames) } })
    }

    /// Returns when a commit is under way.
    func commitIsUnderWay() async {
      var iterator = begun.stream.makeAsyncIterator()
      await iterator.next()
    }
  }

  @Test func `what comes while the disk works is in the next commit, all of it`() async throws {
    let disk = Disk()
    let log = disk.log()
    try await log.add(ResponseCommit(frames: ["0"]))
    await disk.commitIsUnderWay()
    for number in 1...100 { try await log.add(ResponseCommit(frames: ["\(number)"])) }
    disk.latch.open()
    try await log.end(ResponseCommit(frames: ["end"]))
    let commits = disk.commits.withLock { $0 }
    #expect(commits.flatMap(\.self) == (0...100).map { "\($0)" } + ["end"])
    #expect(commits.first == ["0"] && commits.count <= 3, "\(commits.count) commits")
    #expect(disk.told.withLock { $0 } == commits)
  }

  @Test func `a sender waits while much waits for the disk`() async throws {
    let disk = Disk()
    let log = disk.log()
    let frame = String(repeating: "x", count: 1_000)
    let sent = Mutex(0)
    let sending = Task {
      for _ in 0..<1_000 {
        try await log.add(ResponseCommit(frames: [frame]))
        sent.withLock { $0 += 1 }
      }
      try await log.end(ResponseCommit(frames: [frame]))
    }
    await disk.commitIsUnderWay()
    // Everything that can run before the disk answers has run when as much waits as may.
    while await log.waitingBytes <= ResponseLog.waitingBytesMax { await Task.yield() }
    #expect(sent.withLock { $0 } < 100)
    disk.latch.open()
    try await sending.value
    #expect(disk.commits.withLock { $0.reduce(0) { $0 + $1.count } } == 1_001)
    #expect(disk.commits.withLock { $0.allSatisfy { $0.count <= 70 } })
  }

  @Test func `after a commit that failed nothing is written and nothing is told`() async throws {
    let disk = Disk()
    disk.isFull.withLock { $0 = true }
    disk.latch.open()
    let log = disk.log()
    try? await log.add(ResponseCommit(frames: ["0"]))
    await #expect(throws: Disk.Full.self) { try await log.end(ResponseCommit(frames: ["1"])) }
    disk.isFull.withLock { $0 = false }
    await #expect(throws: Disk.Full.self) { try await log.add(ResponseCommit(frames: ["2"])) }
    #expect(disk.commits.withLock { $0.isEmpty } && disk.told.withLock { $0.isEmpty })
  }
}

@Suite("Events as text")
struct FramesTests {
  @Test func `are split where they were joined, and what is half there is left`() {
    let frames = ["event: a\ndata: {\"x\":\"\\n\\n\"}\n\n", "data: 2\n\n", "data: é\n\n"]
    let bytes = Array(frames.joined().utf8)
    #expect(Frames.split(bytes) == frames)
    #expect(Frames.split(Array(bytes.dropLast())) == Array(frames.dropLast()))
    #expect(Frames.split([]).isEmpty)
  }

  @Test func `are grouped in order, and a long one is alone`() {
    let frames = ["aa", "bb", "cccccccc", "d"]
    #expect(Frames.grouped(frames, bytesMax: 4) == [["aa", "bb"], ["cccccccc"], ["d"]])
    #expect(Frames.grouped([], bytesMax: 4).isEmpty)
  }
}
