import Dice
import Expressions
import Testing

@Suite("Dice parsing")
struct DiceParsingTests {
  @Test(arguments: [
    ("2d6", "2d6"), ("d20", "1d20"), ("D20", "1d20"), ("d%", "1d100"), ("2D%", "2d100"), ("0d6", "0d6"),
    ("007d08", "7d8"), ("7", "7"), (".5", "0.5"), ("1.50", "1.5"), ("2.0", "2"), ("0.00001", "0.00001"),
    ("0.000000000000001", "0.000000000000001"), ("123456789012345.5", "123456789012345.5"), ("2d6+3", "2d6 + 3"),
    (" 2d6 \t+\n3 ", "2d6 + 3"), ("1+2*3", "1 + 2 * 3"), ("(1+2)*3", "(1 + 2) * 3"), ("1-2-3", "1 - 2 - 3"),
    ("7//2", "7 // 2"), ("--1", "--1"), ("-+-1d6", "-+-1d6"), ("3--2", "3 - -2"), ("2 * -3", "2 * -3"),
    ("4d6k3", "4d6kh3"), ("4d6K", "4d6kh1"), ("4d6kh3", "4d6kh3"), ("4d6KL2", "4d6kl2"), ("4d6dl", "4d6dl1"),
    ("4d6dH1", "4d6dh1"), ("4d6kh3kl1", "4d6kh3kl1"), ("4d6khkl", "4d6kh1kl1"), ("4d6kh0", "4d6kh0"),
    ("8d6[fire]", "8d6[fire]"), ("8d6 [fire] [ cold  iron ]", "8d6[fire][cold  iron]"), ("3[]", "3"),
    ("(1d6+2)[acid]", "(1d6 + 2)[acid]"), ("-(1d6[x])", "-(1d6[x])"), ("2d6[Stärke 💪]", "2d6[Stärke 💪]"),
    ("2d6 # for the door", "2d6"), ("2d6#", "2d6"), ("{level}d6+{max(1, str_mod)}", "{level}d6 + {max(1, str_mod)}"),
    ("{ a }", "{a}"), ("2d{sides}kh{n}", "2d{sides}kh{n}"), ("((((1))))", "((((1))))"),
  ])
  func `the notation is read and written canonically`(text: String, canonical: String) throws {
    let expression = try DiceExpression(parsing: text)
    #expect(expression.canonicalText == canonical)
    #expect(try DiceExpression(parsing: canonical) == expression)
  }

  @Test(arguments: [
    ("", 0, DiceError.Kind.syntax), ("   ", 3, .syntax), ("d", 1, .syntax), ("2d", 2, .syntax), ("2d6 2d6", 4, .syntax),
    ("2d6 +", 5, .syntax), ("+", 1, .syntax), ("2 d6", 2, .syntax), ("2d 6", 2, .syntax), ("4d6 kh3", 4, .syntax),
    ("4d6kh 3", 6, .syntax), ("1.5d6", 0, .range), ("1.", 2, .syntax), (".", 1, .syntax), ("1..5", 2, .syntax),
    ("1d6.5", 3, .syntax), ("(1d6", 0, .syntax), ("1d6)", 3, .syntax), ("()", 1, .syntax), ("(1d4)d6", 5, .syntax),
    ("(1, 2)", 2, .syntax), ("{1,2}kh", 2, .formula), ("2d6[fire", 3, .syntax), ("[fire]", 0, .syntax),
    ("2d6]", 3, .syntax), ("{level", 0, .syntax), ("level}", 0, .syntax), ("{}", 1, .formula), ("{1 +}d6", 4, .formula),
    ("2d6+{a b}", 7, .formula), ("{eval}", 1, .formula), ("4d6e6", 3, .syntax), ("4d6!", 3, .syntax),
    ("4d6r1", 3, .syntax), ("4d6d1", 3, .syntax), ("4d6x", 3, .syntax), ("4d6mi2", 3, .syntax),
    ("4d6kh3e6", 6, .syntax),
    ("1d6>3", 3, .syntax), ("1d6/2", 3, .syntax), ("1d6%2", 3, .syntax), ("2**3", 2, .syntax), ("2^3", 1, .syntax),
    ("dF", 1, .syntax), ("dC", 1, .syntax), ("@level", 0, .syntax), ("level", 0, .syntax), ("floor(2)", 0, .syntax),
    ("1d0", 2, .range), ("1d1000001", 2, .range), ("1001d6", 0, .range), ("9999999999999999999d6", 0, .range),
    ("1d99999999999999999999", 2, .range), ("99999999d99999999", 0, .range), ("4d6kh1001", 5, .range),
    ("9223372036854775808", 0, .overflow), ("0.0000000000000001", 0, .range), ("1234567890123456.5", 0, .range),
    ("9223372036854775807 + 1", 20, .overflow), ("9223372036854775807 * 1d2", 20, .overflow),
    ("1d6 * 9223372036854775807", 4, .overflow), ("1d6 // 0", 4, .divisionByZero), ("1 // (2 - 2)", 2, .divisionByZero),
    ("1 // (1d3 * 0.5 - 1)", 2, .divisionByZero), ("2d6\u{0}", 3, .syntax), ("\u{0}", 0, .syntax), ("😀", 0, .syntax),
    ("2d6 + 😀", 6, .syntax), ("２d6", 0, .syntax), ("2d6[a\u{0}b]", 5, .syntax), ("2d6 # a\nb", 7, .syntax),
    ("2d6 \u{2212} 1", 4, .syntax),
  ])
  func `what is not in the notation is refused with its place`(text: String, position: Int, kind: DiceError.Kind) {
    let error = #expect(throws: DiceError.self) { try DiceExpression(parsing: text) }
    #expect(error?.kind == kind)
    #expect(error?.position == position)
    #expect(error?.source == text)
  }

  @Test(arguments: [
    ("2d6 2d6", "column 5: expected an operator (+ - * //), an annotation or the end, found '2'"),
    ("1d0", "column 3: the number of sides is 0; allowed is 1…1000000"),
    ("4d6e6", "column 4: expected kh, kl, dh or dl with a number, an operator or the end, found 'e'"),
    ("1d6/2", "column 4: '/' is not an operator here; // divides and rounds down"),
    ("{2 ** 3}", "column 4: in the formula: '**' is not allowed; the operators are "),
    ("(2d6[💥] + 1 #", "column 1: this '(' is never closed; expected ')'"),
  ])
  func `a message says what was found and what is allowed`(text: String, message: String) {
    let error = #expect(throws: DiceError.self) { try DiceExpression(parsing: text) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "no error")")
  }

  @Test func `the comment is kept and does not count`() throws {
    let expression = try DiceExpression(parsing: "2d6 #  for the door ")
    #expect(expression.comment == "for the door")
    #expect(try expression == DiceExpression(parsing: "2d6"))
    #expect(try DiceExpression(parsing: "2d6 # ").comment == nil)
  }

  @Test func `the names that formulas read are listed once`() throws {
    let expression = try DiceExpression(parsing: "{level}d6kh{n} + {level + str_mod} + 1d{hp.max}")
    #expect(expression.variables == ["level", "n", "str_mod", "hp.max"])
    #expect(expression.bounds == nil)
    #expect(expression.diceMax == nil)
  }
}
