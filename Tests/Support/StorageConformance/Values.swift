import Storage
import Vocabulary

extension StorageConformance {
  static let values: [ConformanceCase] = [
    ConformanceCase("every kind of value reads back as it was bound") { room in
      for integer in [0, 1, -1, Int64.max, .min] { try await room.expectKept("i", .integer(integer)) }
      for real in [0.1, -1.5, 1e308, .leastNonzeroMagnitude, .infinity, -.infinity, 9_007_199_254_740_991, 3] {
        try await room.expectKept("r", .real(real))
      }
      for text in ["", "plain", "it's ? $1 \\ % _ \"", "\n\r\t\u{1}", "'; DROP TABLE conformance_values; --"] {
        try await room.expectKept("t", .text(text))
      }
      for bytes in [[], [0], [0, 255, 0, 92, 120, 39], Array(0...255)] as [[UInt8]] {
        try await room.expectKept("b", .blob(bytes))
      }
      for column in ["i", "r", "t", "b"] as [SchemaName] { try await room.expectKept(column, .null) }
    },
    ConformanceCase("the negative zero reads back as a zero") { room in
      let read = try await room.kept("r", .real(-0.0))
      guard case .real(let real) = read else { throw ConformanceFailure("it reads back as \(read)") }
      try expect(real == 0, "it is a zero")
    },
    ConformanceCase("a blob of 8 MiB reads back whole") { room in
      var bytes = [UInt8](repeating: 0, count: 8 << 20)
      for index in stride(from: 0, to: bytes.count, by: 997) { bytes[index] = UInt8(truncatingIfNeeded: index) }
      let read = try await room.kept("b", .blob(bytes))
      try expect(read == .blob(bytes), "the bytes are the same")
    },
    ConformanceCase("a text of 1 MiB reads back whole") { room in
      let text = String(repeating: "0123456789abcdé", count: (1 << 20) / 16)
      try expect(text.utf8.count == 1 << 20, "the text has 1 MiB")
      // Without the unique index over texts: a key of a B-tree is shorter on PostgreSQL.
      try await room.write { try $0.run("INSERT INTO conformance_log (place, note) VALUES (1, \(text))") }
      let read = try await room.read { try $0.value("SELECT note FROM conformance_log", as: String.self) }
      try expect(read == text, "the text is the same")
    },
    ConformanceCase("text is kept byte for byte, without normalisation") { room in
      let composed = "é"
      let decomposed = "e\u{301}"
      for text in [composed, decomposed, "👩🏽‍🚀🏳️‍🌈", "\u{FEFF}\u{200D}\u{FFFD}\u{10FFFF}", "नमस्ते", "שלום"] {
        guard case .text(let read) = try await room.kept("t", .text(text)) else {
          throw ConformanceFailure("it does not read back as a text")
        }
        try expect(Array(read.utf8), is: Array(text.utf8), "the bytes of “\(text)”")
      }
    },
    ConformanceCase("a text with U+0000 is refused and nothing is written") { room in
      try await room.expectRefused("t", .text("a\u{0}b"))
    },
    ConformanceCase("NaN is refused and nothing is written") { room in
      try await room.expectRefused("r", .real(.nan))
    },
    ConformanceCase("a value in no column keeps its kind") { room in
      let row = try await room.read { transaction in
        try transaction.rows(
          """
          SELECT \(Int64.min) AS i, \(0.5) AS r, \("t") AS t, \([1, 2] as [UInt8]) AS b, NULL AS n, 1 AS one, 'x' AS x,
            1 < 2 AS yes, \(1) = \(2) AS no
          """)
      }
      try expect(row.map(\.columns), is: [["i", "r", "t", "b", "n", "one", "x", "yes", "no"]], "the columns")
      try expect(
        row.first?.values ?? [],
        is: [
          .integer(.min), .real(0.5), .text("t"), .blob([1, 2]), .null, .integer(1), .text("x"), .integer(1),
          .integer(0),
        ], "the values")
    },
    ConformanceCase("ids and times are kept as bytes and microseconds") { room in
      let id = UniqueID(high: .max, low: 1)
      try await room.write { transaction in
        try transaction.run(
          """
          INSERT INTO conformance_values (workspace, id, b, i)
          VALUES (\(transaction.workspace), 1, \(id), \(Timestamp(microseconds: -5)))
          """)
      }
      struct Kept: Decodable, Equatable {
        let workspace: WorkspaceID
        let b: UniqueID
        let i: Timestamp
      }
      let kept = try await room.read { try $0.first("SELECT workspace, b, i FROM conformance_values", as: Kept.self) }
      try expect(kept, is: Kept(workspace: room.workspace, b: id, i: Timestamp(microseconds: -5)))
    },
  ]
}

extension ConformanceRoom {
  /// What `value` reads back as, after it was stored in `column`.
  fileprivate func kept(_ column: SchemaName, _ value: SQLValue) async throws -> SQLValue {
    try await write { transaction in
      try transaction.run("DELETE FROM conformance_values WHERE workspace = \(transaction.workspace)")
      try transaction.run(
        "INSERT INTO conformance_values (workspace, id, \(name: column)) VALUES (\(transaction.workspace), 1, \(value))"
      )
    }
    let read = try await read { try $0.rows("SELECT \(name: column) AS kept FROM conformance_values") }
    guard let kept = read.first?["kept"], read.count == 1 else { throw ConformanceFailure("\(read.count) rows came") }
    return kept
  }

  fileprivate func expectKept(_ column: SchemaName, _ value: SQLValue) async throws {
    try expect(await kept(column, value), is: value, "column \(column)")
  }

  fileprivate func expectRefused(_ column: SchemaName, _ value: SQLValue) async throws {
    try await expectError(.constraint) {
      try await write { transaction in
        try transaction.run(
          "INSERT INTO conformance_values (workspace, id, \(name: column)) VALUES (\(transaction.workspace), 1, \(value))"
        )
      }
    }
    try expect(
      await read { try $0.value("SELECT COUNT(*) FROM conformance_values", as: Int64.self) }, is: 0,
      "the number of rows")
  }
}
