extension Dialect {
  /// Types that a column can have.
  static let types: Set<String> = ["BIGINT", "BLOB", "TEXT", "DOUBLE"]

  /// Lints every statement of `migrations`, and that `workspace` comes first in each primary key, unique key and unique
  /// index.
  ///
  /// - Parameter exceptions: tables whose keys begin otherwise, each with its reason at the caller: an append log whose
  ///   key is one counter, a table that is not a workspace's.
  package static func lint(
    _ migrations: [Migration], workspaceExceptions exceptions: Set<SchemaName> = []
  ) -> [DialectProblem] {
    let names = Set(exceptions.map(\.description))
    return migrations.flatMap { migration in
      migration.statements.flatMap { statement in
        (lint(statement) + keys(SQLTokenizer.tokens(of: statement).filter(\.isSignificant), except: names)).map {
          DialectProblem($0.rule, "\(migration.module) \(migration.number): \($0.message)")
        }
      }
    }
  }

  /// Problems of a `CREATE TABLE`; none for other statements.
  static func declaration(_ tokens: [SQLToken]) -> [DialectProblem] {
    guard tokens.count > 1, tokens[0].isWord("CREATE"), tokens[1].isWord("TABLE") else { return [] }
    guard let table = TableDeclaration(tokens) else {
      return [DialectProblem(.table, "a table is declared as CREATE TABLE name (…)")]
    }
    var problems: [DialectProblem] = []
    func refuse(_ message: String) { problems.append(DialectProblem(.table, "\(table.name): \(message)")) }
    if table.hasOptions { refuse("nothing follows the closing parenthesis; options are the engine's") }
    if table.primaryKey.isEmpty { refuse("there is no PRIMARY KEY (…) clause") }
    for column in table.columns {
      guard let type = column.definition.first, types.contains(type) else {
        refuse("column \(column.name) has no type of BIGINT, BLOB, TEXT, DOUBLE PRECISION")
        continue
      }
      if column.definition.contains("PRIMARY") || column.definition.contains("UNIQUE") {
        refuse("column \(column.name) declares a key; keys have clauses of their own")
      }
    }
    for key in table.primaryKey {
      let definition = table.columns.first { $0.name == key }?.definition ?? []
      if !definition.contains("NOT") { refuse("column \(key) of the primary key is not declared NOT NULL") }
    }
    return problems
  }

  private static func keys(_ tokens: [SQLToken], except exceptions: Set<String>) -> [DialectProblem] {
    if let table = TableDeclaration(tokens) {
      guard !exceptions.contains(table.name) else { return [] }
      return ([table.primaryKey] + table.uniqueKeys).filter { $0.first != "workspace" }.map {
        DialectProblem(.workspace, "\(table.name): a key is (\($0.joined(separator: ", "))); it begins with workspace")
      }
    }
    guard tokens.count > 2, tokens[0].isWord("CREATE"), tokens[1].isWord("UNIQUE"), tokens[2].isWord("INDEX"),
      let on = tokens.firstIndex(where: { $0.isWord("ON") }), on + 1 < tokens.count
    else { return [] }
    let table = tokens[on + 1].unquoted
    let columns = TableDeclaration.names(in: tokens[on...])
    guard columns.first != "workspace", !exceptions.contains(table) else { return [] }
    return [
      DialectProblem(
        .workspace, "\(table): a unique index is (\(columns.joined(separator: ", "))); it begins with workspace")
    ]
  }
}
