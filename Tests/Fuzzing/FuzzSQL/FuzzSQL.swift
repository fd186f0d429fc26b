import Fuzzing
import Storage

/// Tokens joined are the statement again, and no statement stops the lint or a translation.
@_cdecl("FuzzSQL_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    guard let text = Fuzzing.text(start, count) else { return 0 }
    let tokens = SQLTokenizer.tokens(of: text)
    Fuzzing.demand(Array(tokens.map(\.text).joined().utf8) == Array(text.utf8), "the tokens are not the statement")
    Fuzzing.demand(tokens.allSatisfy { !$0.text.isEmpty }, "a token is empty")
    let placeholders = tokens.count { $0.kind == .placeholder }
    let postgres = Dialect.postgres(text)
    if placeholders > 0 { Fuzzing.demand(postgres.contains("$\(placeholders)"), "a placeholder has no number") }
    if Dialect.lint(text).isEmpty {
      Fuzzing.demand(!Dialect.sqlite(text).isEmpty, "what is in the dialect translates to nothing")
    }
    return 0
  }
}
