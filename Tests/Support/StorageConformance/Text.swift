import Storage

extension StorageConformance {
  static let text: [ConformanceCase] = [
    ConformanceCase("texts are ordered by their UTF-8 bytes") { room in
      let texts = ["", " ", "10", "9", "A", "Z", "_", "a", "a b", "ab", "b", "z", "Ä", "ä", "é", "ﬀ", "😀"]
      try await room.store(texts.reversed())
      let ordered = try await room.texts("t IS NOT NULL")
      try expect(ordered, is: texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, "the order")
      try expect(await room.texts("t >= \("a") AND t < \("b")"), is: ["a", "a b", "ab"], "the range")
    },
    ConformanceCase("texts that look alike are different keys") { room in
      try await room.store(["é", "e\u{301}", "E", "e", " e", "e "])
      try expect(await room.texts("t = \("é")").map { Array($0.utf8) }, is: [Array("é".utf8)], "what equals é")
    },
    ConformanceCase("LIKE ignores the case of ASCII letters and of no others") { room in
      try await room.store(["Dragon", "dragoness", "DRAGÓN", "drágon", "wyrm"])
      try expect(await room.like(Dialect.pattern(beginningWith: "dRAGON")), is: ["Dragon", "dragoness"], "ASCII")
      try expect(await room.like(Dialect.pattern(containing: "ó")), is: [], "a small ó")
      try expect(await room.like(Dialect.pattern(containing: "Ó")), is: ["DRAGÓN"], "a capital Ó")
      try expect(await room.like("dr_gon"), is: ["Dragon", "drágon"], "any one character")
    },
    ConformanceCase("a pattern's wildcards are escaped by a backslash") { room in
      try await room.store(["100%", "100 apples", "a_b", "axb", "a\\b"])
      try expect(await room.like(Dialect.pattern(containing: "100%")), is: ["100%"], "the percent sign")
      try expect(await room.like(Dialect.pattern(containing: "a_b")), is: ["a_b"], "the underscore")
      try expect(await room.like(Dialect.pattern(containing: "a\\b")), is: ["a\\b"], "the backslash")
    },
    ConformanceCase("LOWER and UPPER change ASCII letters only, LENGTH counts code points") { room in
      try await room.store(["Äb👩🏽"])
      let row = try await room.read {
        try $0.rows(
          "SELECT LOWER(t) AS low, UPPER(t) AS up, LENGTH(t) AS size, SUBSTR(t, 2, 1) AS part FROM conformance_values")
      }
      try expect(
        row.first?.values ?? [], is: [.text("Äb👩🏽"), .text("ÄB👩🏽"), .integer(4), .text("b")], "the values")
    },
    ConformanceCase("a literal's question mark is no placeholder") { room in
      let row = try await room.read { try $0.rows("SELECT 'a?''?' AS a, \("b?") AS \"b\" -- ?\n, 1 /* ? */ AS c") }
      try expect(row.first?.values ?? [], is: [.text("a?'?"), .text("b?"), .integer(1)], "the values")
    },
  ]
}

extension ConformanceRoom {
  fileprivate func store(_ texts: [String]) async throws {
    try await write { transaction in
      for (id, text) in texts.enumerated() {
        try transaction.run(
          "INSERT INTO conformance_values (workspace, id, t) VALUES (\(transaction.workspace), \(id), \(text))")
      }
    }
  }

  fileprivate func texts(_ condition: SQL) async throws -> [String] {
    try await read { transaction in
      try transaction.rows(
        "SELECT t FROM conformance_values WHERE workspace = \(transaction.workspace) AND \(condition) ORDER BY t",
        as: String.self)
    }
  }

  fileprivate func like(_ pattern: String) async throws -> [String] { try await texts("t LIKE \(pattern) ESCAPE '\\'") }
}
