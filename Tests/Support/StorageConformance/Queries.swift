import Storage

extension StorageConformance {
  static let queries: [ConformanceCase] = [
    ConformanceCase("NULL equals nothing, and is found by IS NULL and IS NOT DISTINCT FROM") { room in
      try await room.storeIntegers([1, nil, 3])
      try expect(await room.ids("i = \(nil as Int64?)"), is: [], "what equals NULL")
      try expect(await room.ids("i IS NULL"), is: [1], "what IS NULL")
      try expect(await room.ids("i IS NOT DISTINCT FROM \(nil as Int64?)"), is: [1], "what is not distinct from NULL")
      try expect(await room.ids("i IS DISTINCT FROM \(1)"), is: [1, 2], "what is distinct from 1")
      try expect(await room.ids("NOT (i = 1)"), is: [2], "what is not equal to 1")
    },
    ConformanceCase("NULLS FIRST and NULLS LAST order NULLs") { room in
      try await room.storeIntegers([1, nil, 3])
      try expect(await room.ids("1 = 1", order: "i NULLS FIRST"), is: [1, 0, 2], "NULLs first")
      try expect(await room.ids("1 = 1", order: "i DESC NULLS LAST"), is: [2, 0, 1], "NULLs last")
    },
    ConformanceCase("nothing is in an empty list") { room in
      try await room.storeIntegers([1, nil])
      try expect(await room.ids("i IN (\(list: [] as [Int64]))"), is: [], "what is in it")
      try expect(await room.ids("i IN (\(list: [3, 1, 2]))"), is: [0], "what is in a list of three")
    },
    ConformanceCase("a statement takes two thousand values") { room in
      try await room.storeIntegers([1999, 2000])
      try expect(await room.ids("i IN (\(list: Array(0..<2000)))"), is: [0], "what is in the list")
    },
    ConformanceCase("aggregates of nothing are NULL, a sum of integers is an integer") { room in
      let none = try await room.read {
        try $0.rows("SELECT COUNT(*) AS n, SUM(i) AS s, MAX(i) AS m FROM conformance_values")
      }
      try expect(none.first?.values ?? [], is: [.integer(0), .null, .null], "aggregates of nothing")
      try await room.storeIntegers([1, nil, 4_000_000_000_000])
      let some = try await room.read {
        try $0.rows("SELECT COUNT(i) AS n, SUM(i) AS s, MIN(i) AS m FROM conformance_values")
      }
      try expect(
        some.first?.values ?? [],
        is: [.integer(2), .integer(4_000_000_000_001), .integer(1)], "the aggregates")
    },
    ConformanceCase("integers are divided towards zero") { room in
      let row = try await room.read { try $0.rows("SELECT -7 / 2 AS q, -7 % 2 AS r, \(-7) / NULLIF(\(0), 0) AS none") }
      try expect(row.first?.values ?? [], is: [.integer(-3), .integer(-1), .null], "the quotients")
    },
    ConformanceCase("LIMIT and OFFSET are bound") { room in
      try await room.storeIntegers([10, 11, 12, 13])
      let ids = try await room.read {
        try $0.rows("SELECT id FROM conformance_values ORDER BY id LIMIT \(2) OFFSET \(1)", as: Int64.self)
      }
      try expect(ids, is: [1, 2], "the rows")
    },
    ConformanceCase("a recursive query runs") { room in
      let sum = try await room.read { transaction in
        try transaction.value(
          """
          WITH RECURSIVE c (n) AS (SELECT \(1) UNION ALL SELECT c.n + 1 FROM c WHERE c.n < \(100)) SELECT SUM(n) AS s FROM c
          """, as: Int64.self)
      }
      try expect(sum, is: 5050, "the sum")
    },
    ConformanceCase("a query runs among the rows of another, and of itself") { room in
      try await room.storeIntegers([5, 6, 7])
      let pairs = try await room.read { transaction in
        var pairs: [Int64] = []
        let query: SQL = "SELECT i FROM conformance_values ORDER BY id"
        try transaction.forEachRow(query) { outer in
          try transaction.forEachRow(query) { inner in
            pairs.append(try outer.get("i", as: Int64.self) * 10 + inner.get("i", as: Int64.self))
          }
        }
        return pairs
      }
      try expect(pairs, is: [55, 56, 57, 65, 66, 67, 75, 76, 77], "the pairs")
    },
    ConformanceCase("an error thrown for a row ends the query, is passed on, and harms nothing") { room in
      struct Enough: Error {}
      try await room.storeIntegers([5, 6, 7])
      let seen = try await room.write { transaction in
        var seen = 0
        do {
          try transaction.forEachRow("SELECT i FROM conformance_values ORDER BY id") { _ in
            seen += 1
            if seen == 2 { throw Enough() }
          }
        } catch is Enough {
          try transaction.addCounter("after")
        }
        return seen
      }
      try expect(seen, is: 2, "the rows seen")
      try expect(await room.counter("after"), is: 0, "the counter added afterwards")
    },
    ConformanceCase("a wrong statement is an error of kind statement") { room in
      try await expectError(.statement) { try await room.read { try $0.rows("SELECT nothing FROM nowhere") } }
      try await expectError(.statement) { try await room.read { try $0.rows("SELECT FROM WHERE") } }
      try await expectError(.statement) {
        try await room.write { _ = try $0.run("UPDATE conformance_counters SET wrong = 1") }
      }
    },
    ConformanceCase("a read cannot write") { room in
      do {
        _ = try await room.read { transaction in
          try transaction.rows(
            """
            INSERT INTO conformance_counters (workspace, name) VALUES (\(transaction.workspace), 'a') RETURNING name
            """)
        }
        throw ConformanceFailure("the insertion was accepted")
      } catch is StorageError {
        try expect(await room.counter(), is: nil, "the counter")
      }
    },
  ]
}

extension ConformanceRoom {
  fileprivate func storeIntegers(_ integers: [Int64?]) async throws {
    try await write { transaction in
      for (id, integer) in integers.enumerated() {
        try transaction.run(
          "INSERT INTO conformance_values (workspace, id, i) VALUES (\(transaction.workspace), \(id), \(integer))")
      }
    }
  }

  fileprivate func ids(_ condition: SQL, order: SQL = "id") async throws -> [Int64] {
    try await read { transaction in
      try transaction.rows(
        "SELECT id FROM conformance_values WHERE workspace = \(transaction.workspace) AND \(condition) ORDER BY \(order)",
        as: Int64.self)
    }
  }
}
