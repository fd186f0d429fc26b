import Expressions
import Testing

@Suite("Formula parsing")
struct FormulaParsingTests {
  @Test(arguments: [
    ("", 0, FormulaError.Kind.syntax), ("   ", 3, .syntax), ("1 +", 3, .syntax), ("(1 + 2", 0, .syntax),
    ("1 + 2)", 5, .syntax), ("()", 1, .syntax), ("1 2", 2, .syntax), ("a b", 2, .syntax), ("a.b.", 3, .syntax),
    ("a. b", 1, .syntax), (".", 0, .syntax), ("1..2", 2, .syntax), ("1.5.2", 3, .syntax), ("2x", 1, .syntax),
    ("0x10", 1, .syntax), ("007", 0, .syntax), ("1_000", 1, .syntax), ("1if 1else 2", 1, .syntax),
    ("a = 1", 2, .syntax), ("1 <> 2", 3, .syntax), ("2 ** 3", 2, .syntax), ("1 << 3", 2, .syntax),
    ("8 >> 1", 2, .syntax), ("1 & 2", 2, .syntax), ("1 | 2", 2, .syntax), ("~1", 0, .syntax), ("a ^ b", 2, .syntax),
    ("!a", 0, .syntax), ("'text'", 0, .syntax), ("\"x\" * 9", 0, .syntax), ("f'{1}'", 1, .syntax),
    ("[1]", 0, .syntax), ("{1}", 0, .syntax), ("a[0]", 1, .syntax), ("1, 2", 1, .syntax), ("min(1, 2,)", 9, .syntax),
    ("lambda: 1", 6, .syntax), ("x for x in y", 2, .syntax), ("a := 1", 2, .syntax), ("1; 2", 1, .syntax),
    ("1 == not 2", 5, .syntax), ("- not 1", 2, .syntax), ("1 if 2", 6, .syntax), ("1 else 2", 2, .syntax),
    ("if 1 else 2", 0, .syntax), ("1 if 2 if 3 else 4 else 5", 7, .syntax), ("and 1", 0, .syntax),
    ("min", 0, .syntax), ("1 + max", 4, .syntax), ("a\u{0}b", 1, .syntax), ("\u{0}", 0, .syntax),
    ("1 + 😀", 4, .syntax), ("💥hp", 0, .syntax), ("1 + \u{2212}2", 4, .syntax), ("__class__", 0, .syntax),
    ("a.__class__", 2, .syntax), ("hp.__globals__.x", 3, .syntax), ("eval", 0, .syntax), ("exec(1)", 0, .syntax),
    ("import os", 0, .syntax), ("open(1)", 0, .syntax), ("a.file", 2, .syntax), ("__import__(1)", 0, .syntax),
    ("(1).real", 3, .syntax), ("level.bit_length()", 0, .unknownFunction), ("pow(2, 3)", 0, .unknownFunction),
    ("1 + rand()", 4, .unknownFunction), ("gear.min(1, 2)", 0, .unknownFunction), ("min()", 0, .argumentCount),
    ("max(1)", 0, .argumentCount), ("floor()", 0, .argumentCount), ("round(1.5, 1)", 0, .argumentCount),
    ("99999999999999999999", 0, .overflow), ("@", 0, .syntax), ("@ level", 0, .syntax), ("1 @ 2", 2, .syntax),
    ("a @b", 2, .syntax), ("@1", 0, .syntax), ("@@a", 0, .syntax), ("@true", 1, .syntax), ("@min(1, 2)", 1, .syntax),
    ("@max", 1, .syntax), ("@__class__", 1, .syntax), ("@eval", 1, .syntax), ("@a.open", 3, .syntax),
    ("@a(1)", 0, .unknownFunction), ("((1 + 2)", 0, .syntax), ("( ((1 + 2)", 2, .syntax), ("(((1) + 2)", 0, .syntax),
    ("1 + ((((2)", 6, .syntax), ("__\u{301}class", 0, .syntax), ("a.__\u{301}x", 2, .syntax),
  ])
  func `what is not in the grammar is refused with its place`(text: String, position: Int, kind: FormulaError.Kind) {
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: text) }
    #expect(error?.kind == kind)
    #expect(error?.position == position)
    #expect(error?.source == text)
  }

  @Test(arguments: [
    "1", " 1 ", "\t1\n+\r\n2", "((1))", "a.b.c", "_a1", "größe + ширина", "1 if a else b if c else d",
    "a if b else (c if d else e)", "not a and not b", "min(1, 2, 3, 4, 5, 6)", "-+-+1", "1.", ".5", "1e3", "1E-3",
    "5.e1", "hp.max - hp.now", "True or False", "@level + @hp.max", "-@a.min", "@größe",
  ])
  func `what is in the grammar is read`(text: String) throws {
    #expect(try Formula(parsing: text).source == text)
  }

  @Test func `names are listed once and in order`() throws {
    #expect(try Formula(parsing: "b + a.c if b else min(a.c, d)").names == ["b", "a.c", "d"])
  }

  @Test func `a mark before a name is no part of it`() throws {
    let formula = try Formula(parsing: "@level * level + @hp.max")
    #expect(formula.names == ["level", "hp.max"])
    #expect(try formula.value(in: try FormulaContext(["level": 3, "hp": ["max": 20]])) == .integer(29))
  }

  @Test func `many names are found again`() throws {
    let names = (1...30).map { "n\($0)" }
    let formula = try Formula(parsing: "max(\((names + names).joined(separator: ", ")))")
    #expect(formula.names == names)
    let entries = names.enumerated().map { ($1, FormulaContext.Entry.integer(Int64($0))) }
    let context = try FormulaContext(Dictionary(uniqueKeysWithValues: entries))
    #expect(try formula.value(in: context) == .integer(29))
  }

  @Test func `the column counts characters where the position counts bytes`() {
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: "größe + #") }
    #expect(error?.position == 10)
    #expect(error?.column == 9)
    #expect(error?.description.hasPrefix("column 9: '#' is not allowed; the operators are") == true)
  }

  @Test func `a message says what is allowed`() {
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: "rand()") }
    #expect(
      error?.message
        == "'rand' is not a function; the functions are abs, ceil, floor, int, max, min, round, sign, sqrt")
  }

  @Test func `equal texts are equal formulas`() throws {
    #expect(try Formula(parsing: "a + 1") == Formula(parsing: "a + 1"))
    #expect(try Formula(parsing: "a + 1") != Formula(parsing: "a+1"))
  }
}
