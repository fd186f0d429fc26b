import Storage
import Testing

@Suite struct DialectLintTests {
  @Test(arguments: [
    "SELECT a, COUNT(*) AS n FROM t WHERE workspace = ? AND b IS NOT NULL GROUP BY a ORDER BY a NULLS LAST LIMIT ?",
    "SELECT a FROM t WHERE a LIKE ? ESCAPE '\\' OR a LIKE '%x' ESCAPE '\\'",
    "SELECT 7 / 2, 7 % 10, a / NULLIF(b, 0) FROM t WHERE a IS NOT DISTINCT FROM ?",
    "INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT (a) DO UPDATE SET b = excluded.b RETURNING b",
    "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10) SELECT SUM(n) FROM c",
    "DELETE FROM t WHERE a IN (SELECT a FROM t ORDER BY a LIMIT 10)",
    "UPDATE \"t\" SET a = 'SERIAL; NOW() :: $1' -- DROP; $$ \nWHERE b = 1.5e-3 /* ? ILIKE */",
    "CREATE TABLE t (workspace BLOB NOT NULL, a TEXT NOT NULL DEFAULT '', PRIMARY KEY (workspace, a))",
    "CREATE UNIQUE INDEX t_by_a ON t (workspace, a) WHERE a IS NOT NULL",
    "SELECT MAX(a) FROM t WHERE b IN (?, ?)",
  ])
  func `what both engines take alike passes`(statement: String) {
    #expect(Dialect.lint(statement).isEmpty)
  }

  @Test(arguments: [
    ("", DialectProblem.Rule.form), ("PRAGMA a", .form), ("BEGIN", .form), ("-- nothing", .form), ("vacuum", .form),
    ("DELETE FROM t LIMIT 1", .form), ("UPDATE t SET a = 1 ORDER BY b LIMIT 1", .form),
    ("SELECT 'a", .literal), ("SELECT \"a", .literal), ("SELECT /* a", .literal), ("SELECT x'00'", .literal),
    ("SELECT e'\\n'", .literal), ("SELECT /* a /* b */ 1", .literal), ("SELECT '\u{0}'", .literal),
    ("SELECT NOW()", .word), ("SELECT CURRENT_TIMESTAMP", .word), ("SELECT RANDOM()", .word), ("SELECT TRUE", .word),
    ("INSERT OR REPLACE INTO t (a) VALUES (1) GLOB", .word), ("SELECT a COLLATE NOCASE FROM t", .word),
    ("SELECT a FROM t WHERE a ILIKE ?", .word), ("SELECT a FROM t FOR UPDATE", .word),
    ("CREATE TABLE t (a SERIAL NOT NULL, PRIMARY KEY (a))", .word),
    ("CREATE TABLE t (a BIGINT NOT NULL, PRIMARY KEY (a) DEFERRABLE)", .word),
    ("CREATE TABLE t (a INTEGER NOT NULL, PRIMARY KEY (a))", .word),
    ("SELECT Name FROM t", .name), ("SELECT a FROM user", .name), ("SELECT \"A b\" FROM t", .name),
    ("SELECT a; DROP TABLE t", .operator), ("SELECT a::TEXT FROM t", .operator), ("SELECT $1", .operator),
    ("SELECT a == 1 FROM t", .operator), ("SELECT :a", .operator), ("SELECT [a] FROM t", .operator),
    ("SELECT `a` FROM t", .operator), ("SELECT a FROM t WHERE ? IS NULL", .operator),
    ("SELECT a FROM t WHERE a IS b", .operator), ("SELECT MAX(a, b) FROM t", .operator),
    ("SELECT a -> 'b' FROM t", .operator),
    ("SELECT a FROM t WHERE a LIKE ?", .like), ("SELECT a FROM t WHERE a LIKE ? ESCAPE '!'", .like),
    ("SELECT a FROM t WHERE a LIKE (? || '%') ESCAPE '\\'", .like),
    ("SELECT a / b FROM t", .division), ("SELECT a % ? FROM t", .division), ("SELECT a / 0 FROM t", .division),
    ("SELECT a /", .division),
    ("CREATE TABLE t (a BIGINT)", .table), ("CREATE TABLE t (a BIGINT PRIMARY KEY)", .table),
    ("CREATE TABLE t (a BIGINT, PRIMARY KEY (a))", .table),
    ("CREATE TABLE t (a BIGINT NOT NULL UNIQUE, PRIMARY KEY (a))", .table),
    ("CREATE TABLE t (a NOT NULL, PRIMARY KEY (a))", .table),
    ("CREATE TABLE t (a BIGINT NOT NULL, PRIMARY KEY (a)) CASCADE", .table),
    ("CREATE TABLE t AS SELECT 1", .table),
  ])
  func `what they take differently is refused`(statement: String, rule: DialectProblem.Rule) {
    #expect(Dialect.lint(statement).map(\.rule).contains(rule))
  }

  @Test(arguments: [
    migrationText("CREATE TABLE t (a BLOB NOT NULL, workspace BLOB NOT NULL, PRIMARY KEY (a, workspace))"),
    migrationText("CREATE TABLE t (workspace BLOB NOT NULL, a BLOB, PRIMARY KEY (workspace), UNIQUE (a))"),
    migrationText("CREATE UNIQUE INDEX i ON t (a, workspace)"),
  ])
  func `a key that does not begin with the workspace is refused, unless named`(migration: Migration) {
    #expect(Dialect.lint([migration]).map(\.rule) == [.workspace])
    #expect(Dialect.lint([migration]).first?.message.hasPrefix("tests 1: t: ") == true)
    #expect(Dialect.lint([migration], workspaceExceptions: ["t"]).isEmpty)
  }

  @Test func `an index that is not unique may begin as it likes`() {
    #expect(Dialect.lint([migrationText("CREATE INDEX i ON t (a)")]).isEmpty)
  }
}

private func migrationText(_ statement: StaticString) -> Migration {
  Migration(module: "tests", number: 1, name: "a table", statements: [statement])
}
