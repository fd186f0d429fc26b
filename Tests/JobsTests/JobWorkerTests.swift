import Jobs
import Logging
import Operations
import Storage
import StrictJSON
import Synchronization
import TestKit
import Testing
import Vocabulary

@Suite("Jobs")
struct JobWorkerTests {
  /// A workspace with a queue, and a handler that does what the test says.
  private struct Bench {
    let world: TestWorkspace
    let queue: JobQueue
    let handler = Scripted()

    init(rules: JobRules = JobRules()) async throws {
      world = try await TestWorkspace(extra: [
        OperationSet(changes: [], reads: [], stateTables: [], routes: [], migrations: JobQueue.migrations)
      ])
      queue = JobQueue(
        database: world.database, sealer: world.ring,
        ids: UniqueIDSequence(clock: world.clock, random: world.random), random: world.random, rules: rules)
    }

    func enqueue(_ word: String, key: String? = nil, notBefore: Timestamp? = nil) async throws -> JobID {
      let draft = try JobDraft(Scripted.self, .init(word: word), uniqueKey: key, notBefore: notBefore)
      return try await enqueue(draft)
    }

    func enqueue(_ draft: JobDraft) async throws -> JobID {
      try await world.database.write("test.enqueue", in: world.workspace) { [queue] in
        try queue.enqueue(draft, in: $0)
      }
    }

    func job(_ id: JobID) async throws -> Job {
      let job = try await world.database.read("test.job", in: world.workspace) { [queue] in try queue.job(id, in: $0) }
      return try #require(job)
    }

    func cancel(_ id: JobID) async throws -> Bool {
      try await world.database.write("test.cancel", in: world.workspace) { [queue] in
        try queue.cancel(id, because: "not wanted", in: $0)
      }
    }

    /// Runs a worker while `body` does its work.
    func working(_ body: () async throws -> Void) async throws {
      let worker = JobWorker(
        queue: queue, workspace: world.workspace, handlers: [handler], clock: world.clock, logger: .silent)
      let running = Task { try await worker.run() }
      do {
        try await body()
      } catch {
        running.cancel()
        throw error
      }
      running.cancel()
      try await running.value
    }

    func reach(_ state: JobState, _ id: JobID) async throws {
      for _ in 0..<4000 {
        if try await job(id).state == state { return }
        queue.wake(world.workspace)
        try await Task.sleep(for: .milliseconds(2))
      }
      Issue.record("the job is \(try await job(id)) and not \(state)")
    }
  }

  /// Does what `script` says for a word.
  private final class Scripted: JobHandler {
    struct Arguments: Codable, Sendable { let word: String }
    static let kind = "test.scripted"

    typealias Script = @Sendable (Lease) async throws -> JobOutcome
    private let scripts = Mutex<[String: Script]>([:])
    private let record = Mutex<[String]>([])

    func on(_ word: String, _ script: @escaping Script) { scripts.withLock { $0[word] = script } }
    var begun: [String] { record.withLock { $0 } }
    var given: [String] { record.withLock { $0.filter { $0.hasPrefix("given up") } } }

    func run(_ arguments: Arguments, under lease: Lease) async throws -> JobOutcome {
      record.withLock { $0.append(arguments.word) }
      guard let script = scripts.withLock({ $0[arguments.word] }) else { return .done }
      return try await script(lease)
    }

    func givenUp(_ arguments: Arguments, because reason: String, in transaction: any Transaction) throws {
      record.withLock { $0.append("given up \(arguments.word): \(reason)") }
    }
  }

  private struct Trouble: Error, CustomStringConvertible { var description: String { "trouble" } }

  @Test func `a job whose change was rolled back is not there and is not begun`() async throws {
    let bench = try await Bench()
    let draft = try JobDraft(Scripted.self, .init(word: "lost"))
    await #expect(throws: Trouble.self) {
      try await bench.world.database.write("test", in: bench.world.workspace) { [queue = bench.queue] in
        try queue.enqueue(draft, in: $0)
        throw Trouble()
      }
    }
    #expect(try await bench.world.count("jobs") == 0)
  }

  @Test func `a job is done once, and its last commit ends it`() async throws {
    let bench = try await Bench()
    bench.handler.on("finish") { lease in
      try await lease.finish("test.finish") {
        _ = try $0.run("DELETE FROM sign_in_links WHERE workspace = \($0.workspace)")
      }
      throw Trouble()  // Nobody hears it: the job is done.
    }
    try await bench.working {
      let id = try await bench.enqueue("finish")
      try await bench.reach(.done, id)
      #expect(try await bench.job(id).attempts == 1)
    }
    #expect(bench.handler.begun == ["finish"])
  }

  @Test func `of two jobs with one key there is one, until it ends`() async throws {
    let bench = try await Bench()
    let first = try await bench.enqueue("a", key: "only")
    #expect(try await bench.enqueue("b", key: "only") == first)
    try await bench.working { try await bench.reach(.done, first) }
    #expect(try await bench.enqueue("c", key: "only") != first)
  }

  @Test func `an attempt that lost its job writes nothing`() async throws {
    let bench = try await Bench()
    let (leases, said) = AsyncStream.makeStream(of: Lease.self)
    let (gate, opened) = AsyncStream.makeStream(of: Void.self)
    bench.handler.on("slow") { lease in
      said.yield(lease)
      // Ignores being stopped, as a blocked handler would.
      await Task { for await _ in gate {} }.value
      return .done
    }
    try await bench.working {
      let id = try await bench.enqueue("slow")
      var iterator = leases.makeAsyncIterator()
      let lease = try #require(await iterator.next())
      #expect(try await bench.cancel(id))
      let error = await #expect(throws: JobError.self) {
        try await lease.commit("test.late") { _ = try $0.run("DELETE FROM journal WHERE workspace = \($0.workspace)") }
      }
      #expect(error?.kind == .leaseLost)
      #expect(try await bench.world.count("journal") == 2)
      opened.finish()
    }
  }

  @Test func `a job that is cancelled while it waits is never begun, and one that runs is stopped`() async throws {
    let bench = try await Bench()
    let later = try await bench.enqueue("later", notBefore: bench.world.clock.now().advanced(by: .seconds(60)))
    #expect(try await bench.cancel(later))
    #expect(try await bench.cancel(later) == false)
    let (begun, said) = AsyncStream.makeStream(of: Void.self)
    let (stopped, saidSo) = AsyncStream.makeStream(of: Void.self)
    bench.handler.on("endless") { _ in
      said.yield()
      defer { saidSo.yield() }
      try await Task.sleep(for: .seconds(3600))
      return .done
    }
    try await bench.working {
      let id = try await bench.enqueue("endless")
      for await _ in begun { break }
      #expect(try await bench.cancel(id))
      for await _ in stopped { break }
      bench.world.clock.advance(by: .seconds(120))
      let after = try await bench.enqueue("after")
      try await bench.reach(.done, after)
      #expect(try await bench.job(id).state == .cancelled)
      #expect(try await bench.job(id).lastError == "not wanted")
    }
    #expect(bench.handler.begun == ["endless", "after"])
  }

  @Test func `a job that fails is begun again after its pause, and given up in the end`() async throws {
    let bench = try await Bench()
    bench.handler.on("bad") { _ in throw Trouble() }
    try await bench.working {
      let id = try await bench.enqueue("bad")
      for attempt in 1...5 {
        while true {
          let job = try await bench.job(id)
          if job.attempts >= attempt, job.state != .running { break }
          bench.world.clock.advance(by: .seconds(20))
          bench.queue.wake(bench.world.workspace)
          try await Task.sleep(for: .milliseconds(2))
        }
      }
      try await bench.reach(.failed, id)
      #expect(try await bench.job(id).lastError == "trouble")
    }
    #expect(bench.handler.begun.filter { $0 == "bad" }.count == 5)
    #expect(bench.handler.given == ["given up bad: trouble"])
  }

  @Test func `a job that snoozes is not charged`() async throws {
    let bench = try await Bench()
    let naps = Mutex(0)
    bench.handler.on("nap") { _ in
      naps.withLock { naps in
        naps += 1
        return naps <= 9 ? .snooze(.seconds(1)) : .done
      }
    }
    try await bench.working {
      let id = try await bench.enqueue("nap")
      while try await bench.job(id).state != .done {
        bench.world.clock.advance(by: .seconds(1))
        bench.queue.wake(bench.world.workspace)
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(try await bench.job(id).attempts == 1)
    }
  }

  @Test func `a stop of the server charges nobody, and the job is there for the next start`() async throws {
    let bench = try await Bench()
    let (begun, said) = AsyncStream.makeStream(of: Void.self)
    bench.handler.on("long") { _ in
      said.yield()
      try await Task.sleep(for: .seconds(3600))
      return .done
    }
    let id = try await bench.enqueue("long")
    try await bench.working { for await _ in begun { break } }
    #expect(try await bench.job(id).state == .queued)
    #expect(try await bench.job(id).attempts == 0)
    bench.handler.on("long") { _ in .done }
    try await bench.working { try await bench.reach(.done, id) }
  }

  @Test func `a job that was running when its process ended is begun again, and given up the third time`() async throws
  {
    let bench = try await Bench()
    let id = try await bench.enqueue("poison")
    for crash in 1...3 {
      // As a process leaves it that ended without a word.
      try await bench.world.database.write("test.crash", in: bench.world.workspace) {
        _ = try $0.run(
          """
          UPDATE jobs SET state = 'running', attempts = \(crash), fence = fence + 1, leased_until = \(bench.world.clock.now())
          WHERE workspace = \($0.workspace) AND id = \(id)
          """)
      }
      if crash < 3 {
        let worker = JobWorker(
          queue: bench.queue, workspace: bench.world.workspace, handlers: [], slots: 1, clock: PastClock(),
          logger: .silent)
        let running = Task { try await worker.run() }
        try await bench.reach(.queued, id)
        running.cancel()
        try await running.value
      }
    }
    try await bench.working { try await bench.reach(.failed, id) }
    #expect(bench.handler.begun.count == 1)
    #expect(bench.handler.given.first?.contains("ended 3 times") == true)
  }

  /// Nothing is ever due.
  private struct PastClock: WallClock {
    func now() -> Timestamp { Timestamp(microseconds: 0) }
  }

  @Test func `what nobody can do fails with a reason, and the others go on`() async throws {
    let bench = try await Bench()
    struct Other: JobHandler {
      static let kind = "test.unknown"
      func run(_ arguments: String, under lease: Lease) async throws -> JobOutcome { .done }
    }
    struct Newer: JobHandler {
      static let kind = Scripted.kind
      static let version = 2
      func run(_ arguments: String, under lease: Lease) async throws -> JobOutcome { .done }
    }
    let unknown = try await bench.enqueue(try JobDraft(Other.self, "x"))
    let newer = try await bench.enqueue(try JobDraft(Newer.self, "x"))
    let fine = try await bench.enqueue("fine")
    try await bench.working {
      try await bench.reach(.failed, unknown)
      try await bench.reach(.failed, newer)
      try await bench.reach(.done, fine)
    }
    #expect(try await bench.job(unknown).lastError?.contains("test.unknown") == true)
    #expect(try await bench.job(newer).lastError?.contains("version 2") == true)
  }
}
