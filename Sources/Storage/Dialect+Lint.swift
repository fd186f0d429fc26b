extension Dialect {
  /// What `statement` says that one of the engines would refuse or take differently; empty when it is in the dialect.
  ///
  /// It looks at words and shapes, not at types: the page lists what only the author can know (a nullable column in
  /// `ORDER BY`, a text stored in a `BIGINT`). The conformance suite runs on both engines for the rest.
  package static func lint(_ statement: String) -> [DialectProblem] {
    let tokens = SQLTokenizer.tokens(of: statement)
    let significant = tokens.filter(\.isSignificant)
    return form(significant) + literals(tokens) + words(significant) + operators(significant) + declaration(significant)
  }

  private static func form(_ tokens: [SQLToken]) -> [DialectProblem] {
    guard let first = tokens.first else { return [DialectProblem(.form, "the statement is empty")] }
    guard first.kind == .word, verbs.contains(first.text) else {
      return [
        DialectProblem(.form, "it begins with “\(first.text)”; allowed: \(verbs.sorted().joined(separator: ", "))")
      ]
    }
    guard first.text == "UPDATE" || first.text == "DELETE" else { return [] }
    return outerWords(tokens).filter { $0 == "LIMIT" || $0 == "ORDER" }.map {
      DialectProblem(.form, "\(first.text) takes no \($0); choose the rows by WHERE key IN (SELECT …)")
    }
  }

  /// Words outside all parentheses.
  private static func outerWords(_ tokens: [SQLToken]) -> [String] {
    var depth = 0
    var words: [String] = []
    for token in tokens {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth == 0 && token.kind == .word { words.append(token.text) }
    }
    return words
  }

  private static func literals(_ tokens: [SQLToken]) -> [DialectProblem] {
    var problems: [DialectProblem] = []
    var before: SQLToken?
    for token in tokens {
      switch token.kind {
      case .unterminated: problems.append(DialectProblem(.literal, "“\(token.text.prefix(20))…” does not end"))
      case .string where before?.kind == .word || before?.kind == .string:
        problems.append(DialectProblem(.literal, "“\(before?.text ?? "")” stands before \(token.text); bind the value"))
      case .comment where token.text.dropFirst(2).contains("/*"):
        problems.append(DialectProblem(.literal, "a comment within a comment ends at different places"))
      case .number where token.text.contains("$") || before?.kind == .number:
        problems.append(DialectProblem(.literal, "“\(token.text)” is not a number"))
      default: break
      }
      if token.text.utf8.contains(0) { problems.append(DialectProblem(.literal, "it holds U+0000")) }
      before = token
    }
    return problems
  }

  private static func words(_ tokens: [SQLToken]) -> [DialectProblem] {
    tokens.compactMap { token in
      switch token.kind {
      case .quotedName:
        return SchemaName(token.unquoted) == nil
          ? DialectProblem(.name, "\(token.text) is not a name; allowed: a–z, 0–9 and _, at most 63") : nil
      case .word where words.contains(token.text): return nil
      case .word where token.text == token.text.uppercased() && token.text != token.text.lowercased():
        return DialectProblem(.word, "“\(token.text)” is not in the dialect")
      case .word where SchemaName(token.text) == nil:
        return DialectProblem(
          .name, "“\(token.text)” is not a name; names are lower-case, the words of SQL in capitals")
      case .word where reservedNames.contains(token.text):
        return DialectProblem(.name, "“\(token.text)” is reserved by an engine; choose another name")
      default: return nil
      }
    }
  }

  private static func operators(_ tokens: [SQLToken]) -> [DialectProblem] {
    tokens.indices.compactMap { index in
      let token = tokens[index]
      let after = tokens[(index + 1)...]
      switch (token.kind, token.text) {
      case (.symbol, "/"), (.symbol, "%"): return division(by: after.first)
      case (.symbol, let symbol):
        return symbols.contains(symbol) ? nil : DialectProblem(.operator, "“\(symbol)” is not in the dialect")
      case (.word, "LIKE"): return like(after)
      case (.word, "IS"): return comparison(after)
      case (.word, "MIN"), (.word, "MAX"): return aggregate(token.text, after)
      case (.placeholder, _) where after.first?.isWord("IS") == true:
        return DialectProblem(.operator, "a bound value has no type for IS; decide in Swift")
      default: return nil
      }
    }
  }

  private static func division(by divisor: SQLToken?) -> DialectProblem? {
    guard let divisor else { return DialectProblem(.division, "nothing follows the operator") }
    if divisor.isWord("NULLIF") { return nil }
    if divisor.kind == .number, divisor.text.contains(where: { ("1"..."9").contains($0) }) { return nil }
    return DialectProblem(
      .division, "by “\(divisor.text)”, which may be zero: NULL on SQLite, an error on PostgreSQL; write NULLIF(…, 0)")
  }

  private static func like(_ after: ArraySlice<SQLToken>) -> DialectProblem? {
    let parts = Array(after.prefix(3))
    guard parts.count == 3, parts[0].kind != .symbol, parts[1].isWord("ESCAPE"), parts[2].text == "'\\'" else {
      return DialectProblem(.like, "allowed is LIKE operand ESCAPE '\\', the operand a ?, a text or a name")
    }
    return nil
  }

  private static func comparison(_ after: ArraySlice<SQLToken>) -> DialectProblem? {
    let rest = after.first?.isWord("NOT") == true ? after.dropFirst() : after
    if rest.first?.isWord("NULL") == true { return nil }
    if rest.first?.isWord("DISTINCT") == true, rest.dropFirst().first?.isWord("FROM") == true { return nil }
    return DialectProblem(.operator, "IS takes NULL, NOT NULL, DISTINCT FROM or NOT DISTINCT FROM")
  }

  /// `MIN` and `MAX` of several values are SQLite's alone.
  private static func aggregate(_ name: String, _ after: ArraySlice<SQLToken>) -> DialectProblem? {
    var depth = 0
    for token in after {
      if token.isSymbol("(") { depth += 1 }
      if token.isSymbol(")") { depth -= 1 }
      if depth == 1 && token.isSymbol(",") {
        return DialectProblem(.operator, "\(name) takes one column; compare values by CASE")
      }
      if depth == 0 { return nil }
    }
    return nil
  }
}
