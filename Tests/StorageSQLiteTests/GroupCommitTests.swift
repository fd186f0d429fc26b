import Storage
import Testing
import Vocabulary

@testable import StorageSQLite

@Suite(.timeLimit(.minutes(5))) struct `Group commit` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Submits `bodies` while the writer is held up, so that they make one group; returns how each ended.
  func inOneGroup(
    _ database: SQLiteDatabase, _ bodies: [@Sendable (any Transaction) throws -> Int]
  ) async -> [Result<Int, any Error>] {
    let gate = Gate()
    let held = await database.hold(until: gate)
    let results = await withTaskGroup(of: (Int, Result<Int, any Error>).self) { group in
      for (index, body) in bodies.enumerated() {
        group.addTask {
          do { return (index, .success(try await database.write(body))) } catch { return (index, .failure(error)) }
        }
        // In their order: the next one is started when this one waits.
        while database.counts.waiting <= index { await Task.yield() }
      }
      gate.open()
      var results: [Int: Result<Int, any Error>] = [:]
      for await (index, result) in group { results[index] = result }
      return bodies.indices.compactMap { results[$0] }
    }
    await held.value
    return results
  }

  func kinds(_ results: [Result<Int, any Error>]) -> [String] {
    results.map { result in
      do { return "\(try result.get())" } catch {
        return (error as? StorageError)?.kind.rawValue ?? "\(error)"
      }
    }
  }

  @Test func `commits many bodies at once, and a failing one loses only itself`() async throws {
    let database = try await makeDatabase(in: folder)
    let before = database.counts.commits
    let results = await inOneGroup(
      database,
      (0..<9).map { index in
        { transaction in
          try transaction.addThing(index)
          if index % 3 == 0 { throw Refusal(number: index) }
          return index
        }
      })
    #expect(
      kinds(results) == [
        "Refusal(number: 0)", "1", "2", "Refusal(number: 3)", "4", "5", "Refusal(number: 6)", "7", "8",
      ])
    #expect(try await database.thingIDs() == [1, 2, 4, 5, 7, 8])
    #expect(database.counts.commits == before + 1)
    #expect(database.counts.largestGroup == 9)
    try await database.close()
  }

  @Test func `holds a body that only read back until what it read is durable, and then answers in order`() async throws
  {
    let database = try await makeDatabase(in: folder)
    let answered = Recorder<String>()
    let results = await inOneGroup(
      database,
      [
        { transaction in
          try transaction.addThing(1)
          transaction.afterCommit { answered.note("after 1") }
          return 1
        },
        { transaction in
          transaction.afterCommit { answered.note("after 2") }
          return try transaction.value("SELECT count(*) FROM things") ?? -1
        },
        { transaction in
          transaction.afterCommit { answered.note("never") }
          throw Refusal()
        },
      ])
    #expect(kinds(results) == ["1", "1", "Refusal(number: 0)"])
    #expect(answered.all == ["after 1", "after 2"])
    try await database.close()
  }

  @Test func `runs actions after the commit: a reader finds the rows, and an action may submit a write`() async throws {
    let database = try await makeDatabase(in: folder)
    let second = await withCheckedContinuation { (continuation: CheckedContinuation<Task<Void, any Error>, Never>) in
      Task {
        try await database.write { transaction in
          try transaction.addThing(1)
          transaction.afterCommit { continuation.resume(returning: Task { try await database.addThing(2) }) }
        }
      }
    }
    try await second.value
    #expect(try await database.thingIDs() == [1, 2])
    try await database.close()
  }

  @Test func `forgets the actions of a savepoint that was rolled back`() async throws {
    let database = try await makeDatabase(in: folder)
    let seen = Recorder<Int>()
    try await database.write { transaction in
      transaction.afterCommit { seen.note(1) }
      try? transaction.savepoint {
        transaction.afterCommit { seen.note(2) }
        try transaction.savepoint { transaction.afterCommit { seen.note(3) } }
        throw Refusal()
      }
      try transaction.savepoint { transaction.afterCommit { seen.note(4) } }
    }
    #expect(seen.all == [1, 4])
    try await database.close()
  }

  @Test func `nests savepoints`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.write { transaction in
      try transaction.addThing(1)
      try transaction.savepoint {
        try transaction.addThing(2)
        try? transaction.savepoint {
          try transaction.addThing(3)
          throw Refusal()
        }
        try transaction.addThing(4)
      }
      try? transaction.savepoint {
        try transaction.savepoint { try transaction.addThing(5) }
        throw Refusal()
      }
    }
    #expect(try await database.thingIDs() == [1, 2, 4])
    try await database.close()
  }

  @Test func `interrupts a write over its time and runs its innocent neighbours again`() async throws {
    var options = SQLiteOptions()
    options.writeLimit = .milliseconds(200)
    options.groupTime = .seconds(60)
    let database = try await makeDatabase(in: folder, options: options)
    let runs = Recorder<Int>()
    let results = await inOneGroup(
      database,
      [
        { transaction in
          runs.note(1)
          try transaction.addThing(1)
          return 1
        },
        { transaction in
          try transaction.addThing(2)
          return try transaction.run(endlessInsert)
        },
        { transaction in
          try transaction.addThing(3)
          return 3
        },
      ])
    #expect(kinds(results) == ["1", "timedOut", "3"])
    #expect(runs.all.count == 2)
    #expect(try await database.thingIDs() == [1, 3])
    try await database.close()
  }

  @Test func `ends a body over its time while it reads, also one that swallows the error, and keeps its neighbours`()
    async throws
  {
    var options = SQLiteOptions()
    options.writeLimit = .milliseconds(200)
    options.groupTime = .seconds(60)
    let database = try await makeDatabase(in: folder, options: options)
    let runs = Recorder<Int>()
    let results = await inOneGroup(
      database,
      [
        { transaction in
          runs.note(1)
          try transaction.addThing(1)
          return 1
        },
        { transaction in
          try transaction.addThing(2)
          _ = try? transaction.rows(endlessQuery)
          _ = try? transaction.addThing(4)
          return 2
        },
      ])
    #expect(kinds(results) == ["1", "timedOut"])
    #expect(runs.all.count == 1)
    #expect(try await database.thingIDs() == [1])
    try await database.close()
  }

  @Test func `ends a read over its time`() async throws {
    var options = SQLiteOptions()
    options.readLimit = .milliseconds(100)
    let database = try await makeDatabase(in: folder, options: options)
    #expect(await storageErrorKind { _ = try await database.read { try $0.rows(endlessQuery) } } == .timedOut)
    #expect(
      await storageErrorKind {
        try await database.read { transaction in _ = try? transaction.rows(endlessQuery) }
      } == .timedOut)
    #expect(try await database.thingIDs() == [])
    try await database.close()
  }

  @Test func `loses the whole group when the database is full, also if a body swallows the error`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1)
    await database.onWriterQueue { connection in
      let pages = try? connection.rows(ofCommand: "PRAGMA page_count").first?.get("page_count", as: Int64.self)
      _ = try? connection.rows(ofCommand: "PRAGMA max_page_count = \((pages ?? 0) + 2)")
    }
    let results = await inOneGroup(
      database,
      [
        { transaction in
          try transaction.addThing(2)
          return 2
        },
        { transaction in
          try? transaction.addThing(3, bytes: 100_000)
          try? transaction.addThing(4)
          return 3
        },
        { transaction in
          try transaction.addThing(5)
          return 5
        },
      ])
    #expect(kinds(results) == ["full", "full", "full"])
    #expect(database.health == .full)
    #expect(await storageErrorKind { try await database.addThing(6) } == .full)
    #expect(try await database.thingIDs() == [1])
    try await database.close()
  }

  @Test func `commits early when bodies take long, and the rest in the next groups`() async throws {
    var options = SQLiteOptions()
    options.groupTime = .zero
    let database = try await makeDatabase(in: folder, options: options)
    let before = database.counts.commits
    let results = await inOneGroup(
      database,
      (0..<5).map { index in
        { transaction in
          try transaction.addThing(index)
          return index
        }
      })
    // The time is looked at before a body, so with none at all not even the first would run: one always does.
    #expect(kinds(results) == ["0", "1", "2", "3", "4"])
    #expect(database.counts.commits == before + 5)
    try await database.close()
  }

  @Test func `refuses at once what the queue cannot hold`() async throws {
    var options = SQLiteOptions()
    options.queue = 4
    let database = try await makeDatabase(in: folder, options: options)
    let gate = Gate()
    let held = await database.hold(until: gate)
    let waiting = (0..<4).map { index in Task { try await database.addThing(index) } }
    while database.counts.waiting < 4 { await Task.yield() }
    #expect(await storageErrorKind { try await database.addThing(9) } == .overloaded)
    gate.open()
    for task in waiting { try await task.value }
    await held.value
    #expect(try await database.thingIDs() == [0, 1, 2, 3])
    try await database.close()
  }

  @Test func `looks at cancellation before a body is queued and not after`() async throws {
    let database = try await makeDatabase(in: folder)
    let gate = Gate()
    let held = await database.hold(until: gate)
    let queued = Task { try await database.addThing(1) }
    while database.counts.waiting < 1 { await Task.yield() }
    queued.cancel()
    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await database.addThing(2)
    }
    await #expect(throws: CancellationError.self) { try await late.value }
    gate.open()
    try await queued.value
    await held.value
    #expect(try await database.thingIDs() == [1])
    try await database.close()
  }

  @Test func `answers what waits before it closes`() async throws {
    let database = try await makeDatabase(in: folder)
    let gate = Gate()
    let held = await database.hold(until: gate)
    let waiting = (0..<20).map { index in Task { try await database.addThing(index) } }
    while database.counts.waiting < 20 { await Task.yield() }
    let closing = Task { try await database.close() }
    while !database.writer.isClosing { await Task.yield() }
    gate.open()
    for task in waiting { try await task.value }
    try await closing.value
    await held.value
    let again = try await makeDatabase(in: folder)
    #expect(try await again.thingIDs() == Array(0..<20))
    try await again.close()
  }

  @Test func `waits for readers before it closes`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1)
    let (entered, enter) = AsyncStream.makeStream(of: Void.self)
    let gate = Gate()
    let reading = Task {
      try await database.read { transaction in
        enter.yield()
        gate.wait()
        return try transaction.rows("SELECT id FROM things").count
      }
    }
    for await _ in entered { break }
    let closing = Task { try await database.close() }
    while !database.writer.isClosing { await Task.yield() }
    gate.open()
    #expect(try await reading.value == 1)
    try await closing.value
    #expect(try folder.names() == ["arbiter.sqlite"])
  }

  @Test func `starts the log over once a reader that held on to it has gone, however long it has grown`() async throws {
    var options = SQLiteOptions()
    options.walPages = 10
    options.readLimit = .milliseconds(50)
    let database = try await makeDatabase(in: folder, options: options)
    try await database.addThing(0)
    let (entered, enter) = AsyncStream.makeStream(of: Void.self)
    let gate = Gate()
    let reading = Task {
      try await database.read { transaction in
        let before = try transaction.rows("SELECT id FROM things").count
        enter.yield()
        gate.wait()
        return before
      }
    }
    for await _ in entered { break }
    for id in 1...80 { try await database.addThing(id, bytes: 5_000) }
    #expect(database.counts.logPages > 160)
    gate.open()
    #expect(try await reading.value == 1)
    for id in 81...90 { try await database.addThing(id, bytes: 5_000) }
    #expect(database.counts.logPages < 40)
    #expect(try await database.thingIDs() == Array(0...90))
    try await database.close()
  }

  @Test func `of 32 callers with failing bodies keeps exactly what it acknowledged, while readers see whole bodies`()
    async throws
  {
    let database = try await makeDatabase(in: folder)
    let acknowledged = try await withThrowingTaskGroup(of: [Int].self) { group in
      for caller in 0..<32 {
        group.addTask {
          var kept: [Int] = []
          for turn in 0..<20 {
            let id = (caller * 20 + turn) * 2
            do {
              try await database.write { transaction in
                try transaction.addThing(id)
                try transaction.addThing(id + 1)
                if turn % 3 == 1 { throw Refusal() }
                if turn % 5 == 2 { try transaction.addThing(id) }
              }
              kept += [id, id + 1]
            } catch is Refusal {
            } catch let error as StorageError where error.kind == .constraint {}
            let odd = try await database.read { try $0.value("SELECT count(*) % 2 FROM things", as: Int.self) }
            #expect(odd == 0)
          }
          return kept
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(try await database.thingIDs() == acknowledged.sorted())
    #expect(try await database.checkIntegrity() == [])
    try await database.close()
  }

  @Test func `gives a reader one snapshot while writes go on`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1)
    let (entered, enter) = AsyncStream.makeStream(of: Void.self)
    let gate = Gate()
    let reading = Task {
      try await database.read { transaction in
        let before: Int? = try transaction.value("SELECT count(*) FROM things")
        enter.yield()
        gate.wait()
        return [before, try transaction.value("SELECT count(*) FROM things")]
      }
    }
    for await _ in entered { break }
    try await database.addThing(2)
    gate.open()
    #expect(try await reading.value == [1, 1])
    #expect(try await database.thingIDs() == [1, 2])
    try await database.close()
  }
}

/// Never ends and returns nothing until then.
let endlessQuery: SQL =
  "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0"
private let endlessInsert: SQL =
  """
  INSERT INTO log (number, content)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, zeroblob(1) FROM n
  """
