extension Dialect {
  /// Every word that may be written in capitals. What is not here is not in the dialect.
  package static let words: Set<String> = [
    // Queries
    "SELECT", "DISTINCT", "FROM", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "ASC", "DESC", "NULLS", "FIRST", "LAST",
    "LIMIT", "OFFSET", "AS", "JOIN", "INNER", "LEFT", "CROSS", "ON", "UNION", "ALL", "INTERSECT", "EXCEPT", "WITH",
    "RECURSIVE", "VALUES", "OVER", "PARTITION",
    // Changes
    "INSERT", "INTO", "UPDATE", "SET", "DELETE", "CONFLICT", "DO", "NOTHING", "RETURNING",
    // Conditions and expressions
    "AND", "OR", "NOT", "IN", "IS", "NULL", "EXISTS", "BETWEEN", "LIKE", "ESCAPE", "CASE", "WHEN", "THEN", "ELSE",
    "END",
    "CAST",
    // Schema
    "CREATE", "TABLE", "IF", "UNIQUE", "INDEX", "PRIMARY", "KEY", "CHECK", "FOREIGN", "REFERENCES", "CASCADE",
    "CONSTRAINT", "DEFAULT", "ALTER", "ADD", "COLUMN", "RENAME", "TO", "DROP",
    // Types
    "BIGINT", "BLOB", "TEXT", "DOUBLE", "PRECISION",
    // Functions
    "COUNT", "SUM", "MIN", "MAX", "COALESCE", "NULLIF", "LOWER", "UPPER", "LENGTH", "SUBSTR", "TRIM", "REPLACE",
    "ABS", "ROW_NUMBER",
  ]

  /// What a statement may begin with.
  static let verbs: Set<String> = ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"]

  /// Operators and punctuation of both engines, with one meaning.
  static let symbols: Set<String> = [
    "(", ")", ",", ".", "=", "<", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "%", "||", "&", "|", "<<", ">>", "~",
  ]

  /// Names that PostgreSQL 15 (appendix C) or SQLite (lang_keywords) do not take without quotes.
  static let reservedNames: Set<String> = [
    "abort", "add", "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization",
    "autoincrement", "between", "binary", "both", "by", "case", "cast", "check", "collate", "collation", "column",
    "commit",
    "concurrently", "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
    "current_schema",
    "current_time", "current_timestamp", "current_user", "default", "deferrable", "delete", "desc", "distinct", "do",
    "drop", "else", "end", "escape", "except", "exists", "false", "fetch", "for", "foreign", "freeze", "from", "full",
    "grant", "group", "having", "if", "ilike", "in", "index", "initially", "inner", "insert", "intersect", "into", "is",
    "isnull", "join", "lateral", "leading", "left", "like", "limit", "localtime", "localtimestamp", "natural", "not",
    "nothing", "notnull", "null", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing", "primary",
    "references", "returning", "right", "rollback", "rowid", "select", "session_user", "set", "similar", "some",
    "symmetric", "system_user", "table", "tablesample", "then", "to", "trailing", "transaction", "true", "union",
    "unique",
    "update", "user", "using", "values", "variadic", "verbose", "when", "where", "window", "with",
  ]
}
