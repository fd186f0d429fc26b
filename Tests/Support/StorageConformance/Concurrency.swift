import Storage

extension StorageConformance {
  static let concurrency: [ConformanceCase] = [
    ConformanceCase("64 increments at once, each read and written back, lose nothing") { room in
      try await room.makeCounter()
      try await atOnce(64) { _ in try await room.write { try $0.countUpByReading() } }
      try expect(await room.counter(), is: 64, "the counter")
    },
    ConformanceCase("workspaces at once do not disturb each other") { room in
      for workspace in ConformanceRoom.workspaces {
        try await room.database.write("conformance", in: workspace) { try $0.addCounter("a") }
      }
      try await atOnce(64) { index in
        let workspace = ConformanceRoom.workspaces[index % ConformanceRoom.workspaces.count]
        try await room.database.write("conformance", in: workspace) { try $0.countUpByReading() }
      }
      for workspace in ConformanceRoom.workspaces {
        let value = try await room.database.read("conformance", in: workspace) { try $0.counter("a") }
        try expect(value, is: 16, "a workspace's counter")
      }
    },
    ConformanceCase("bodies that fail at once take nobody else with them") { room in
      try await room.makeCounter()
      try await atOnce(64) { index in
        do {
          try await room.write { transaction in
            try transaction.countUpByReading()
            switch index % 4 {
            case 1: throw Refusal(reason: "on purpose")
            case 2: try transaction.addCounter("a")
            case 3: try transaction.addCounter("b", at: -1)
            default: break
            }
          }
          try expect(index % 4 == 0, "body \(index) was to fail")
        } catch let error where !(error is ConformanceFailure) {
          try expect(index % 4 != 0, "body \(index) was to succeed, not to throw “\(error)”")
        }
      }
      try expect(await room.counter(), is: 16, "the counter")
    },
    ConformanceCase("no reader finds a number before the one below it") { room in
      async let readings: Int = {
        var readings = 0
        var last: Int64 = 0
        while last < 100 {
          let row = try await room.read {
            try $0.rows(
              """
              SELECT COUNT(*) AS n, COALESCE(MAX(number), 0) AS last,
                COALESCE((SELECT last FROM conformance_topics), 0) AS counter
              FROM conformance_entries
              """)
          }
          let values = row.first?.values ?? []
          guard case .integer(let number) = values.first else { throw ConformanceFailure("no number was read") }
          try expect(values, is: [.integer(number), .integer(number), .integer(number)], "count, last and counter")
          try expect(number >= last, "the numbers only grow")
          last = number
          readings += 1
        }
        return readings
      }()
      try await atOnce(100) { _ in _ = try await room.write { try $0.appendEntry(to: "t") } }
      try expect(await readings > 0, "something was read")
    },
    ConformanceCase("reads at once all answer") { room in
      try await room.makeCounter(at: 5)
      try await atOnce(100) { _ in try expect(await room.counter(), is: 5, "the counter") }
    },
    ConformanceCase("two bodies that decide by what the other writes cannot both go on") { room in
      // Write skew: each takes the last free place only if the other has not.
      try await atOnce(16) { index in
        try await room.write { transaction in
          let taken = try transaction.value("SELECT COUNT(*) AS n FROM conformance_counters", as: Int64.self) ?? 0
          if taken == 0 { try transaction.addCounter("taken by \(index)") }
        }
      }
      try expect(await room.counterNames().count, is: 1, "the number of places taken")
    },
  ]

  /// Runs `body` `count` times at once.
  private static func atOnce(
    _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup { group in
      for index in 0..<count { group.addTask { try await body(index) } }
      try await group.waitForAll()
    }
  }
}
