import Storage

extension StorageConformance {
  static let changes: [ConformanceCase] = [
    ConformanceCase("a statement tells how many rows it changed") { room in
      let changed = try await room.write { transaction in
        var changed: [Int] = []
        for name in ["a", "b"] {
          changed.append(
            try transaction.run(
              "INSERT INTO conformance_counters (workspace, name) VALUES (\(transaction.workspace), \(name))"))
        }
        changed.append(
          try transaction.run(
            """
            INSERT INTO conformance_counters (workspace, name) VALUES (\(transaction.workspace), \("a"))
            ON CONFLICT (workspace, name) DO NOTHING
            """))
        changed.append(try transaction.run("UPDATE conformance_counters SET value = 5"))
        changed.append(try transaction.run("UPDATE conformance_counters SET value = 6 WHERE name = \("none")"))
        changed.append(try transaction.run("DELETE FROM conformance_counters"))
        return changed
      }
      try expect(changed, is: [1, 1, 0, 2, 0, 2], "the numbers of rows")
    },
    ConformanceCase("RETURNING gives the rows of an insertion, a change and a deletion") { room in
      let values = try await room.write { transaction in
        var values: [Int64?] = []
        let workspace = transaction.workspace
        values.append(
          try transaction.value(
            "INSERT INTO conformance_counters (workspace, name, value) VALUES (\(workspace), 'a', 7) RETURNING value"))
        values.append(
          try transaction.value("UPDATE conformance_counters SET value = value + 1 WHERE name = 'a' RETURNING value"))
        values.append(try transaction.value("DELETE FROM conformance_counters WHERE name = 'a' RETURNING value"))
        values.append(try transaction.value("DELETE FROM conformance_counters WHERE name = 'a' RETURNING value"))
        return values
      }
      try expect(values, is: [7, 8, 8, nil], "the values returned")
    },
    ConformanceCase("ON CONFLICT DO UPDATE sees the old row and the new one") { room in
      let values = try await room.write { transaction in
        try (0..<3).map { _ in
          try transaction.value(
            """
            INSERT INTO conformance_counters (workspace, name, value) VALUES (\(transaction.workspace), 'a', 10)
            ON CONFLICT (workspace, name) DO UPDATE SET value = conformance_counters.value + excluded.value
            RETURNING value
            """, as: Int64.self)
        }
      }
      try expect(values, is: [10, 20, 30], "the values returned")
    },
    ConformanceCase("a body reads what it wrote") { room in
      let names = try await room.write { transaction in
        try transaction.addCounter("a")
        try transaction.addCounter("b")
        try transaction.run("DELETE FROM conformance_counters WHERE name = 'a'")
        return try transaction.rows("SELECT name FROM conformance_counters", as: String.self)
      }
      try expect(names, is: ["b"], "the names")
    },
    ConformanceCase("a default is stored, also that of an added column") { room in
      try await room.write { transaction in
        try transaction.run("INSERT INTO conformance_counters (workspace, name) VALUES (\(transaction.workspace), 'a')")
      }
      let row = try await room.read { try $0.rows("SELECT value, note FROM conformance_counters") }
      try expect(row.first?.values ?? [], is: [.integer(0), .text("why?")], "the defaults")
    },
    ConformanceCase("rows are decoded by the names of their columns") { room in
      struct Counter: Decodable, Equatable {
        enum Name: String, Decodable { case first, second }
        let name: Name
        let currentValue: Int
        let noteText: String?
        let isPositive: Bool
      }
      try await room.write { transaction in
        try transaction.addCounter("second", at: 2)
        try transaction.addCounter("first")
        try transaction.run("UPDATE conformance_counters SET note = NULL WHERE name = 'first'")
      }
      let counters = try await room.read {
        try $0.rows(
          """
          SELECT name, value AS current_value, note AS note_text, value > 0 AS is_positive FROM conformance_counters
          ORDER BY name
          """, as: Counter.self)
      }
      try expect(
        counters,
        is: [
          Counter(name: .first, currentValue: 0, noteText: nil, isPositive: false),
          Counter(name: .second, currentValue: 2, noteText: "why?", isPositive: true),
        ], "the rows")
      try await room.write { try $0.addCounter("third") }
      let error = try await expectError(.decoding) {
        try await room.read { transaction in
          _ = try transaction.rows(
            "SELECT name, value AS current_value, note AS note_text, 1 AS is_positive FROM conformance_counters",
            as: Counter.self)
        }
      }
      try expect(error.message.contains("“name”"), "the error names the column")
    },
  ]
}
