/// The SQL that both engines speak: one text for a statement or migration, translated where they differ.
///
/// `docs/formats/sql-dialect.md` is its definition. ``lint(_:)`` refuses what is outside it, ``sqlite(_:)`` and
/// ``postgres(_:)`` give an engine's own text. All three are pure functions over tokens and never look inside literals,
/// quoted names or comments.
package enum Dialect {
  /// `statement` as SQLite runs it: `BIGINT` is `INTEGER` and `DOUBLE PRECISION` is `REAL`, because `STRICT` tables know
  /// no other names, and every `CREATE TABLE` is `STRICT`, and `WITHOUT ROWID` when rows are found by a compound key.
  ///
  /// A table keeps its rowid when its key is a single column other than `workspace`: then a `BIGINT` key is the rowid
  /// itself and rows lie in the order of that key, which is what an append log wants.
  package static func sqlite(_ statement: String) -> String {
    let tokens = SQLTokenizer.tokens(of: statement)
    let text = sqliteTypes(tokens).map(\.text).joined()
    guard let table = TableDeclaration(tokens) else { return text }
    let isClustered = table.primaryKey.count > 1 || table.primaryKey.first == "workspace"
    // On its own line: the statement may end in a comment.
    return text + (isClustered ? "\nSTRICT, WITHOUT ROWID" : "\nSTRICT")
  }

  /// `statement` as PostgreSQL runs it: each `?` is `$1`, `$2` …, `BLOB` is `BYTEA`, a column of `TEXT` compares by
  /// bytes (`COLLATE "C"`), and `LIKE` is `ILIKE`, which over such a column ignores the case of ASCII letters only, as
  /// SQLite's `LIKE` does.
  package static func postgres(_ statement: String) -> String {
    let tokens = SQLTokenizer.tokens(of: statement)
    let significant = tokens.filter(\.isSignificant)
    let declaresColumns = significant.first.map { $0.isWord("CREATE") || $0.isWord("ALTER") } ?? false
    var text = ""
    var placeholders = 0
    var before: SQLToken?
    for token in tokens {
      switch (token.kind, token.text) {
      case (.placeholder, _):
        placeholders += 1
        text += "$\(placeholders)"
      case (.word, "BLOB"): text += "BYTEA"
      case (.word, "LIKE"): text += "ILIKE"
      case (.word, "TEXT") where declaresColumns && before?.isWord("AS") != true: text += "TEXT COLLATE \"C\""
      default: text += token.text
      }
      if token.isSignificant { before = token }
    }
    return text
  }

  private static func sqliteTypes(_ tokens: [SQLToken]) -> [SQLToken] {
    var translated: [SQLToken] = []
    var isAfterDouble = false
    for token in tokens {
      switch (token.kind, token.text) {
      case (.word, "BIGINT"): translated.append(SQLToken(.word, "INTEGER"))
      case (.word, "DOUBLE"): translated.append(SQLToken(.word, "REAL"))
      case (.word, "PRECISION") where isAfterDouble: break
      default: translated.append(token)
      }
      if token.isSignificant { isAfterDouble = token.isWord("DOUBLE") }
    }
    return translated
  }

  /// The most bytes of one text or blob: 16 MiB. What is larger is not one row's business.
  package static let largestValue = 1 << 24

  /// Refuses values that one of the engines would refuse, cut short or change. Engines call it before they bind.
  ///
  /// - Throws: ``StorageError`` `.constraint` for a text with U+0000 (PostgreSQL has none), for a NaN (SQLite stores NULL
  ///   instead), and for more than ``largestValue`` bytes.
  package static func check(_ values: [SQLValue]) throws(StorageError) {
    for (index, value) in values.enumerated() {
      switch value {
      case .text(let text) where text.utf8.count > largestValue: throw .tooLarge(index + 1, text.utf8.count)
      case .blob(let bytes) where bytes.count > largestValue: throw .tooLarge(index + 1, bytes.count)
      case .text(let text) where text.utf8.contains(0):
        throw StorageError(
          .constraint, "Value \(index + 1) is a text that holds U+0000, which no column can keep. Remove the character."
        )
      case .real(let real) where real.isNaN:
        throw StorageError(.constraint, "Value \(index + 1) is not a number (NaN), which no column can keep.")
      default: break
      }
    }
  }

  /// The pattern that finds `text` anywhere, for `column LIKE ? ESCAPE '\'`: its wildcards stand for themselves.
  package static func pattern(containing text: String) -> String { "%\(escaped(text))%" }

  /// The pattern that finds what begins with `text`.
  package static func pattern(beginningWith text: String) -> String { "\(escaped(text))%" }

  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "%" || scalar == "_" || scalar == "\\" { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }
}

extension StorageError {
  fileprivate static func tooLarge(_ place: Int, _ count: Int) -> StorageError {
    StorageError(
      .constraint, "Value \(place) has \(count) bytes; a text or blob has at most \(Dialect.largestValue).")
  }
}
