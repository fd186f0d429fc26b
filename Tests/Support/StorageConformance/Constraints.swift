import Storage

extension StorageConformance {
  static let constraints: [ConformanceCase] = [
    ConformanceCase("a second row with the same key is refused, and the error names the table") { room in
      try await room.makeCounter()
      let error = try await expectError(.constraint) { try await room.makeCounter() }
      try expect(error.underlying?.contains("conformance_counters") == true, "“\(error)” names the table")
      try expect(!error.isRetryable, "the error is not retryable")
    },
    ConformanceCase("a second row in a unique index is refused, NULLs are not") { room in
      try await room.write { transaction in
        for id in 1...2 {
          try transaction.run("INSERT INTO conformance_values (workspace, id) VALUES (\(transaction.workspace), \(id))")
        }
      }
      try await expectError(.constraint) {
        try await room.write { transaction in
          for id in 3...4 {
            try transaction.run(
              "INSERT INTO conformance_values (workspace, id, t) VALUES (\(transaction.workspace), \(id), 'same')")
          }
        }
      }
    },
    ConformanceCase("a CHECK that does not hold is refused, and the error names it") { room in
      let error = try await expectError(.constraint) { try await room.makeCounter(at: -1) }
      try expect(error.underlying?.contains("counters_not_negative") == true, "“\(error)” names the check")
    },
    ConformanceCase("a NULL where none may be is refused, and the error names the column") { room in
      let error = try await expectError(.constraint) {
        try await room.write { transaction in
          try transaction.run(
            "INSERT INTO conformance_counters (workspace, name, value) VALUES (\(transaction.workspace), 'a', NULL)")
        }
      }
      try expect(error.underlying?.contains("value") == true, "“\(error)” names the column")
    },
    ConformanceCase("a foreign key without its row is refused at the statement") { room in
      try await expectError(.constraint) {
        try await room.write { transaction in
          try transaction.run(
            """
            INSERT INTO conformance_entries (workspace, topic, number) VALUES (\(transaction.workspace), 'none', 1)
            """)
          throw ConformanceFailure("the statement went through")
        }
      }
    },
    ConformanceCase("an integer that leaves 64 bits is refused and the row stays") { room in
      try await room.makeCounter(at: .max)
      try await expectError(.constraint) {
        try await room.write { _ = try $0.run("UPDATE conformance_counters SET value = value + 1") }
      }
      try expect(await room.counter(), is: .max, "the counter")
    },
    ConformanceCase("an error never holds a bound value") { room in
      let secret = "hunter2hunter2"
      try await room.makeCounter(secret)
      for attempt in [secret, secret + "\u{0}"] {
        let error = try await expectError(.constraint) { try await room.makeCounter(attempt) }
        try expect(!error.description.contains("hunter2"), "“\(error.message)” does not hold the value")
      }
    },
  ]
}
