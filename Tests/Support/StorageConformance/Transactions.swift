import Storage
import Synchronization

/// What a body throws on purpose.
struct Refusal: Error, Equatable {
  let reason: String
}

extension StorageConformance {
  static let transactions: [ConformanceCase] = [
    ConformanceCase("an error thrown by a body rolls everything back and is passed on unchanged") { room in
      do {
        try await room.write { transaction in
          try transaction.addCounter("a")
          throw Refusal(reason: "on purpose")
        }
        throw ConformanceFailure("nothing was thrown")
      } catch let refusal as Refusal {
        try expect(refusal, is: Refusal(reason: "on purpose"), "the error")
      }
      try expect(await room.counterNames(), is: [], "the counters")
    },
    ConformanceCase("an error thrown by a reading body is passed on unchanged") { room in
      do {
        try await room.read { _ in throw Refusal(reason: "on purpose") }
        throw ConformanceFailure("nothing was thrown")
      } catch let refusal as Refusal {
        try expect(refusal, is: Refusal(reason: "on purpose"), "the error")
      }
    },
    // PostgreSQL takes nothing more after a failed statement, so no engine may commit around one.
    ConformanceCase("a failed statement fails the write, also when the body swallows the error") { room in
      let error = try await expectError(.constraint) {
        try await room.write { transaction in
          try transaction.addCounter("a")
          do { try transaction.addCounter("a") } catch is StorageError {}
        }
      }
      try expect(error.underlying?.contains("conformance_counters") == true, "the first error is the one told")
      try expect(await room.counterNames(), is: [], "the counters")
    },
    ConformanceCase("after a failed statement the transaction takes no more") { room in
      try await expectError(.constraint) {
        try await room.write { transaction in
          try transaction.addCounter("a")
          try expectErrorNow(.constraint) { try transaction.addCounter("a") }
          try expectErrorNow(.constraint) { try transaction.addCounter("b") }
        }
      }
    },
    ConformanceCase("a body's time is one instant of the injected clock, and later for later bodies") { room in
      let before = room.clock.now()
      let first = try await room.write { [$0.time, $0.time] }
      let second = try await room.read { [$0.time, $0.time] }
      let after = room.clock.now()
      try expect(first[0], is: first[1], "the time of the write")
      try expect(second[0], is: second[1], "the time of the read")
      try expect(before < first[0] && first[0] < second[0] && second[0] < after, "the times are the clock's, in order")
    },
    ConformanceCase("a body knows its workspace") { room in
      for workspace in ConformanceRoom.workspaces {
        let seen = try await (
          room.database.write("conformance", in: workspace) { $0.workspace },
          room.database.read("conformance", in: workspace) { $0.workspace }
        )
        try expect(seen.0, is: workspace, "the workspace of the write")
        try expect(seen.1, is: workspace, "the workspace of the read")
      }
    },
    ConformanceCase("a transaction that left its body can do nothing") { room in
      let escaped = Escaped()
      try await room.write { escaped.keep($0) }
      try escaped.withTransaction { transaction in
        try expectErrorNow(.statement) { try transaction.addCounter("late") }
        try expectErrorNow(.statement) { try transaction.rows("SELECT name FROM conformance_counters") }
        try expectErrorNow(.statement) { try transaction.savepoint {} }
        transaction.afterCommit { escaped.noteAction() }
      }
      try await room.makeCounter("next")
      try expect(await room.counterNames(), is: ["next"], "the counters")
      try expect(escaped.actions, is: 0, "the number of actions that ran")
    },
    ConformanceCase("a thousand statements in one body are one change") { room in
      try await room.write { transaction in
        for number in 0..<1000 {
          try transaction.run(
            "INSERT INTO conformance_values (workspace, id, i) VALUES (\(transaction.workspace), \(number), \(number * number))"
          )
        }
      }
      let sum = try await room.read { try $0.value("SELECT SUM(i) AS s FROM conformance_values", as: Int64.self) }
      try expect(sum, is: 332_833_500, "the sum")
    },
    ConformanceCase("a thousand different statements in one body run") { room in
      let sum = try await room.read { transaction in
        try (1...1000).reduce(into: Int64(0)) { sum, count in
          let list = Array(repeating: 1, count: count % 300 + 1)
          sum += try transaction.value("SELECT COUNT(*) AS n WHERE 1 IN (\(list: list))") ?? 0
        }
      }
      try expect(sum, is: 1000, "the sum")
    },
    ConformanceCase("a task cancelled before its write writes nothing") { room in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try await room.makeCounter()
      }
      do {
        try await task.value
        throw ConformanceFailure("nothing was thrown")
      } catch is CancellationError {}
      try expect(await room.counter(), is: nil, "the counter")
    },
    ConformanceCase("a task cancelled after its body began gets the true answer") { room in
      let began = Signal()
      let mayEnd = Signal()
      let task = Task {
        try await room.write { transaction in
          began.fire()
          try mayEnd.hold()
          try transaction.addCounter("a", at: 3)
          return 3
        }
      }
      await began.wait()
      task.cancel()
      mayEnd.fire()
      try expect(await task.value, is: 3, "the answer")
      try expect(await room.counter(), is: 3, "the counter")
    },
  ]
}

/// Carries a transaction out of its body, which only a check of what happens then may do. Unchecked: the case hands it on
/// after the body has ended, so one thread uses it at a time.
private final class Escaped: @unchecked Sendable {
  private var transaction: (any Transaction)?
  private let actionCount = Mutex(0)

  var actions: Int { actionCount.withLock { $0 } }
  func noteAction() { actionCount.withLock { $0 += 1 } }
  func keep(_ transaction: any Transaction) { self.transaction = transaction }

  func withTransaction(_ body: (any Transaction) throws -> Void) throws {
    guard let transaction else { throw ConformanceFailure("the body did not run") }
    try body(transaction)
  }
}
