/// What the first word of a statement says about it.
struct StatementWords {
  /// The first word in upper case.
  let first: String

  init(_ text: String) { first = StatementWords.firstWord(of: text) }

  /// Whether it may be an INSERT, UPDATE or DELETE.
  var changesRows: Bool { ["INSERT", "UPDATE", "DELETE", "REPLACE", "WITH"].contains(first) }

  /// Whether it would change the transaction or the connection behind everybody's back: a body that commits would commit
  /// its neighbours.
  var isCommand: Bool { StatementWords.commands.contains(first) }

  private static let commands: Set = [
    "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "ATTACH", "DETACH", "PRAGMA", "VACUUM",
  ]

  /// In upper case, after white space and comments.
  private static func firstWord(of text: String) -> String {
    var rest = text.utf8[...]
    while let byte = rest.first {
      if rest.starts(with: "--".utf8) {
        rest = rest.drop { $0 != UInt8(ascii: "\n") }
      } else if rest.starts(with: "/*".utf8) {
        rest = rest.dropFirst(2)
        while !rest.isEmpty, !rest.starts(with: "*/".utf8) { rest = rest.dropFirst() }
        rest = rest.dropFirst(2)
      } else if " \n\t\r(;".utf8.contains(byte) {
        rest = rest.dropFirst()
      } else {
        break
      }
    }
    return String(
      decoding: rest.prefix { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }, as: UTF8.self
    )
    .uppercased()
  }
}
