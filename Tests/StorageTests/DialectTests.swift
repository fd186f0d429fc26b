import Storage
import Testing

@Suite struct DialectTests {
  @Test(arguments: [
    ("SELECT ?", "SELECT $1"),
    ("SELECT a FROM t WHERE b = ? AND c IN (?, ?)", "SELECT a FROM t WHERE b = $1 AND c IN ($2, $3)"),
    ("SELECT '?', 'it''s ?', ?", "SELECT '?', 'it''s ?', $1"),
    ("SELECT \"a?\" -- ? \n, ? /* ? */, ?", "SELECT \"a?\" -- ? \n, $1 /* ? */, $2"),
    ("SELECT a - -? FROM t", "SELECT a - -$1 FROM t"),
    ("SELECT CAST(? AS BLOB)", "SELECT CAST($1 AS BYTEA)"),
    ("SELECT CAST(a AS TEXT) FROM t", "SELECT CAST(a AS TEXT) FROM t"),
    ("SELECT 'BLOB LIKE TEXT' FROM t", "SELECT 'BLOB LIKE TEXT' FROM t"),
    ("SELECT a FROM t WHERE a LIKE ? ESCAPE '\\'", "SELECT a FROM t WHERE a ILIKE $1 ESCAPE '\\'"),
    (
      "CREATE TABLE t (text TEXT NOT NULL, n BIGINT, b BLOB, d DOUBLE PRECISION, PRIMARY KEY (text))",
      "CREATE TABLE t (text TEXT COLLATE \"C\" NOT NULL, n BIGINT, b BYTEA, d DOUBLE PRECISION, PRIMARY KEY (text))"
    ),
    ("ALTER TABLE t ADD COLUMN note TEXT", "ALTER TABLE t ADD COLUMN note TEXT COLLATE \"C\""),
    ("SELECT 'ohne Ende ?", "SELECT 'ohne Ende ?"),
    ("", ""),
  ])
  func `PostgreSQL gets numbered placeholders and its own types`(statement: String, expected: String) {
    #expect(Dialect.postgres(statement) == expected)
  }

  @Test(arguments: [
    ("SELECT '?', ? FROM t", "SELECT '?', ? FROM t"),
    (
      "SELECT CAST(a AS DOUBLE PRECISION), CAST(b AS BIGINT) FROM t",
      "SELECT CAST(a AS REAL ), CAST(b AS INTEGER) FROM t"
    ),
    (
      "CREATE TABLE t (workspace BLOB NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (workspace, n))",
      "CREATE TABLE t (workspace BLOB NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (workspace, n))\nSTRICT, WITHOUT ROWID"
    ),
    (
      "CREATE TABLE t (workspace BLOB NOT NULL, PRIMARY KEY (workspace))",
      "CREATE TABLE t (workspace BLOB NOT NULL, PRIMARY KEY (workspace))\nSTRICT, WITHOUT ROWID"
    ),
    (
      "CREATE TABLE log (place BIGINT NOT NULL, PRIMARY KEY (place)) -- BIGINT",
      "CREATE TABLE log (place INTEGER NOT NULL, PRIMARY KEY (place)) -- BIGINT\nSTRICT"
    ),
    (
      "CREATE TABLE t (a TEXT NOT NULL CHECK (a IN ('x', 'y')), b BLOB NOT NULL, CONSTRAINT k PRIMARY KEY (a, b))",
      "CREATE TABLE t (a TEXT NOT NULL CHECK (a IN ('x', 'y')), b BLOB NOT NULL, CONSTRAINT k PRIMARY KEY (a, b))\nSTRICT, WITHOUT ROWID"
    ),
    ("CREATE INDEX i ON t (a)", "CREATE INDEX i ON t (a)"),
    ("CREATE TABLE", "CREATE TABLE"),
  ])
  func `SQLite gets strict tables, clustered where the key is compound`(statement: String, expected: String) {
    #expect(Dialect.sqlite(statement) == expected)
  }

  @Test(arguments: [
    "SELECT a FROM t -- it's ? here\nWHERE b = 'it''s'", "", "€ § 'ü\u{0301}' /* a */ \"n\"\t1.5e-3<=x||?",
    "'unterminated", "/* unterminated", "\"unterminated", "1e", "1.", "-", "/", "a$1", "::->", "\u{0}",
  ])
  func `tokens joined are the statement`(statement: String) {
    #expect(SQLTokenizer.tokens(of: statement).map(\.text).joined() == statement)
  }

  @Test func `tokens joined are the statement, for any statement`() {
    var generator = SystemRandomNumberGenerator()
    let seed = UInt64.random(in: 0 ... .max, using: &generator)
    var random = SplitMix(state: seed)
    let alphabet = Array("'\"?-/* \n\\;aB0.e+<=|:é€$")
    for _ in 0..<2000 {
      let length = Int.random(in: 0...24, using: &random)
      let statement = String((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
      #expect(SQLTokenizer.tokens(of: statement).map(\.text).joined() == statement, "seed \(seed)")
      _ = (Dialect.lint(statement), Dialect.sqlite("CREATE TABLE t (" + statement), Dialect.postgres(statement))
    }
  }

  @Test(arguments: ["plain", "100%", "a_b", "back\\slash", ""])
  func `a pattern's wildcards stand for themselves`(text: String) {
    let pattern = Dialect.pattern(containing: text)
    #expect(pattern.hasPrefix("%") && pattern.hasSuffix("%"))
    #expect(unescaped(pattern.dropFirst().dropLast()) == text)
    #expect(Dialect.pattern(beginningWith: text) == pattern.dropFirst())
  }

  /// The text that a pattern without wildcards stands for; nil when a wildcard is not escaped.
  private func unescaped(_ pattern: Substring) -> String? {
    var text = ""
    var rest = pattern
    while let character = rest.popFirst() {
      if character == "%" || character == "_" { return nil }
      guard character == "\\" else {
        text.append(character)
        continue
      }
      guard let escaped = rest.popFirst() else { return nil }
      text.append(escaped)
    }
    return text
  }

  @Test func `values that an engine would change are refused`() throws {
    try Dialect.check([.null, .integer(.min), .real(.infinity), .real(-0.0), .text("ü"), .blob([0])])
    try Dialect.check([.blob([UInt8](repeating: 0, count: 1 << 24))])
    let tooMuch = (1 << 24) + 1
    for value in [
      SQLValue.text("a\u{0}b"), .real(.nan), .real(.signalingNaN), .blob([UInt8](repeating: 0, count: tooMuch)),
      .text(String(repeating: "a", count: tooMuch)),
    ] {
      #expect { try Dialect.check([.null, value]) } throws: { error in
        (error as? StorageError)?.kind == .constraint && "\(error)".contains("Value 2")
      }
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
