/// What a `CREATE TABLE` of the common dialect declares, as far as translation and lint ask.
package struct TableDeclaration: Sendable, Hashable {
  package let name: String
  /// In order of declaration.
  package let columns: [Column]
  /// The columns of the `PRIMARY KEY (…)` clause, in order; empty when there is none.
  package let primaryKey: [String]
  /// The columns of each `UNIQUE (…)` clause.
  package let uniqueKeys: [[String]]
  /// Whether anything follows the closing parenthesis.
  package let hasOptions: Bool

  package struct Column: Sendable, Hashable {
    package let name: String
    /// The words and symbols after the name, as `["TEXT", "NOT", "NULL"]`.
    package let definition: [String]
  }

  /// Nil when `tokens` are no `CREATE TABLE name (…)`.
  package init?(_ tokens: [SQLToken]) {
    var rest = tokens.filter(\.isSignificant)[...]
    guard rest.popFirst()?.isWord("CREATE") == true, rest.popFirst()?.isWord("TABLE") == true else { return nil }
    if rest.first?.isWord("IF") == true { rest = rest.dropFirst(3) }
    guard let name = rest.popFirst(), rest.popFirst()?.isSymbol("(") == true else { return nil }
    self.name = name.unquoted

    let (parts, after) = Self.parts(of: rest)
    var columns: [Column] = []
    var primaryKey: [String] = []
    var uniqueKeys: [[String]] = []
    for part in parts {
      var clause = part
      if clause.first?.isWord("CONSTRAINT") == true { clause = clause.dropFirst(2) }
      guard let first = clause.first else { continue }
      switch first.text {
      case "PRIMARY" where first.kind == .word: primaryKey = Self.names(in: clause)
      case "UNIQUE" where first.kind == .word: uniqueKeys.append(Self.names(in: clause))
      case "CHECK" where first.kind == .word, "FOREIGN" where first.kind == .word: break
      default: columns.append(Column(name: first.unquoted, definition: clause.dropFirst().map(\.text)))
      }
    }
    self.columns = columns
    self.primaryKey = primaryKey
    self.uniqueKeys = uniqueKeys
    hasOptions = !after.isEmpty
  }

  /// The comma-separated parts up to the parenthesis that closes the table, and what follows it.
  private static func parts(of tokens: ArraySlice<SQLToken>) -> ([ArraySlice<SQLToken>], ArraySlice<SQLToken>) {
    var parts: [ArraySlice<SQLToken>] = []
    var depth = 0
    var start = tokens.startIndex
    for index in tokens.indices {
      let token = tokens[index]
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(",") && depth == 0 {
        parts.append(tokens[start..<index])
        start = index + 1
      }
      if token.isSymbol(")") {
        if depth == 0 { return (parts + [tokens[start..<index]], tokens[(index + 1)...]) }
        depth -= 1
      }
    }
    return (parts + [tokens[start...]], [])
  }

  /// The names in the first pair of parentheses.
  static func names(in clause: ArraySlice<SQLToken>) -> [String] {
    clause.drop { !$0.isSymbol("(") }.dropFirst().prefix { !$0.isSymbol(")") }
      .filter { $0.kind == .word || $0.kind == .quotedName }.map(\.unquoted)
  }
}

extension SQLToken {
  /// A name without its quotes.
  var unquoted: String { kind == .quotedName ? String(text.dropFirst().dropLast()) : text }
}
