import Storage

extension StorageConformance {
  static let limits: [ConformanceCase] = [
    ConformanceCase("a write over its time limit is stopped and leaves nothing", limits: brief) { room in
      let error = try await expectError(.timedOut) {
        try await room.write { transaction in
          try transaction.addCounter("a")
          _ = try transaction.rows(endless)
        }
      }
      try expect(error.isRetryable, "the error is retryable")
      try expect(await room.counterNames(), is: [], "the counters")
      try await room.makeCounter("next")
    },
    ConformanceCase("a read over its time limit is stopped", limits: brief) { room in
      try await expectError(.timedOut) { try await room.read { try $0.rows(endless) } }
      try expect(await room.counterNames(), is: [], "the counters")
    },
    ConformanceCase("a write stopped by its time limit does not harm those that wait with it", limits: brief) { room in
      async let stopped = expectError(.timedOut) { try await room.write { _ = try $0.rows(endless) } }
      try await withThrowingTaskGroup { group in
        for index in 0..<16 { group.addTask { try await room.makeCounter("\(index)") } }
        try await group.waitForAll()
      }
      _ = try await stopped
      try expect(await room.counterNames().count, is: 16, "the number of counters")
    },
    ConformanceCase(
      "more waiting bodies than the bound are refused and write nothing", limits: ConformanceLimits(waitingMax: 8)
    ) { room in
      let began = Signal()
      let mayEnd = Signal()
      async let first: Void = room.write { _ in
        began.fire()
        try mayEnd.hold()
      }
      await began.wait()
      let refused = Signal()
      let accepted = try await withThrowingTaskGroup { group in
        for index in 0..<64 {
          group.addTask {
            do {
              try await room.makeCounter("\(index)")
              return 1
            } catch let error as StorageError where error.kind == .overloaded {
              refused.fire()
              return 0
            }
          }
        }
        await refused.wait()
        mayEnd.fire()
        return try await group.reduce(0, +)
      }
      try await first
      try expect(accepted >= 1, "some were accepted")
      try expect(await room.counterNames().count, is: accepted, "the number of counters")
      try await room.makeCounter("later")
    },
    ConformanceCase("a database that is used says that it is ready") { room in
      try await room.makeCounter()
      try expect(room.database.health, is: .ready, "the health")
    },
  ]

  /// Short enough to wait for; long enough for the innocent on a busy machine.
  private static let brief = ConformanceLimits(write: .seconds(1), read: .seconds(1))

  /// A query without an end in this life.
  private static var endless: SQL {
    """
    WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT c.n + 1 FROM c WHERE c.n < \(Int64.max - 1)) SELECT COUNT(*) AS n FROM c
    """
  }
}
