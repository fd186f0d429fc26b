import Storage
import Testing

@Suite struct SQLTests {
  @Test func `an interpolation binds and never becomes text`() {
    let hostile = "'; DROP TABLE t; --"
    let sql: SQL = "SELECT a FROM t WHERE a = \(hostile) AND b = \(7) AND c = \(nil as Int64?)"
    #expect(sql.text == "SELECT a FROM t WHERE a = ? AND b = ? AND c = ?")
    #expect(sql.values == [.text(hostile), .integer(7), .null])
  }

  @Test func `a part brings its values in order`() {
    let condition: SQL = "b = \(2) AND c = \(3)"
    let sql: SQL = "SELECT \(1) FROM t WHERE \(condition) LIMIT \(4)"
    #expect(sql.text == "SELECT ? FROM t WHERE b = ? AND c = ? LIMIT ?")
    #expect(sql.values == [1, 2, 3, 4].map { .integer($0) })
  }

  @Test func `a list is a placeholder each, and an empty one is NULL`() {
    let some: SQL = "SELECT a FROM t WHERE a IN (\(list: ["x", "y"]))"
    let none: SQL = "SELECT a FROM t WHERE a IN (\(list: [] as [String]))"
    #expect(some.text.hasSuffix("IN (?, ?)") && some.values.count == 2)
    #expect(none.text.hasSuffix("IN (NULL)") && none.values.isEmpty)
  }

  @Test(arguments: [
    ("a", true), ("a_1", true), ("", false), ("1a", false), ("A", false), ("a b", false), ("a\"", false), ("é", false),
  ])
  func `a schema name is lower-case letters, digits and underscores`(text: String, isName: Bool) {
    #expect((SchemaName(text) != nil) == isName)
  }

  @Test func `a schema name has at most 63 characters`() {
    #expect(SchemaName(String(repeating: "a", count: 63)) != nil)
    #expect(SchemaName(String(repeating: "a", count: 64)) == nil)
  }

  @Test func `a row finds its columns by name`() throws {
    let row = SQLRow(columns: ["a", "b"], values: [.integer(1), .null])
    #expect(try row.get("a", as: Int64.self) == 1)
    #expect(try row.get("b", as: Int64?.self) == nil)
    #expect(row["c"] == nil)
    #expect(throws: StorageError.self) { try row.get("c", as: Int64.self) }
    #expect(throws: StorageError.self) { try row.get("b", as: Int64.self) }
  }
}
