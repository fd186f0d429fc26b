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
    ("2d6 # for the door", "2d6"), ("1d20 to hit", "1d20"), ("(2d6+3) Feuer", "(2d6 + 3)"), ("2d6 für Ada", "2d6"),
    ("1d6/2", "1d6 / 2"), ("1d6%2", "1d6 % 2"), ("1d6>3", "1d6 > 3"), ("3>2>=1", "3 > 2 >= 1"), ("1d6==6", "1d6 == 6"),
    ("4d6e6", "4d6x6"), ("4d6x", "4d6x"), ("4d6X>4", "4d6x>4"), ("4d6x3=6", "4d6x3=6"), ("4d6xo", "4d6xo"),
    ("4d6r1", "4d6ro1"), ("4d6r", "4d6ro1"), ("4d6ro<3", "4d6ro<3"), ("4d6rr<=2", "4d6rr<=2"),
    ("1d20r1=1", "1d20ro1=1"),
    ("2d6ra6", "2d6ra6"), ("4d6d1", "4d6dl1"), ("1d20d1", "1d20dl1"), ("4d6ph1", "4d6dh1"), ("4d6pl1", "4d6dl1"),
    ("4d6p3", "4d6p3"), ("4d6p<3", "4d6p<3"), ("4d6mi2", "4d6min2"), ("4d6MAX5", "4d6max5"), ("8d6cs>=5", "8d6cs>=5"),
    ("8d6cs", "8d6cs"), ("8d6cf", "8d6cf1"), ("8d6even", "8d6even"), ("8d6odd", "8d6odd"), ("8d6cs>4df", "8d6cs>4df"),
    ("8d6df<2", "8d6df<2"), ("8d6sf1", "8d6sf1"), ("3d6ms>=10", "3d6ms>=10"), ("3d6ms10", "3d6ms>=10"),
    ("3d6ms<10", "3d6ms<10"), ("4dF", "4dF"), ("4df", "4dF"), ("4dfdf", "4dFdf"), ("dC", "1dC"), ("(1d4)d6", "(1d4)d6"),
    ("2d(1d6+1)", "2d(1d6 + 1)"), ("(2)d6kh1", "(2)d6kh1"), ("()", "()"), ("(1, 2)", "(1, 2)"),
    ("(2d6,)kl1", "(2d6,)kl1"),
    ("(2d6)kl", "(2d6)kl1"), ("(1d6,3,2d6)kh2", "(1d6, 3, 2d6)kh2"), ("{{1d8, 1d6}}kh", "{{1d8, 1d6}}kh1"),
    ("{{1d6,1d6}}cs>=5", "{{1d6, 1d6}}cs>=5"), ("floor(1d6/2)", "floor(1d6 / 2)"),
    ("Max(1d6, 1d8)[x]", "max(1d6, 1d8)[x]"),
    ("2d6+@str_mod", "2d6 + @str_mod"), ("1d@size", "1d@size"),
    ("2d6+@abilities.str.mod*2", "2d6 + @abilities.str.mod * 2"),
    ("2d6#", "2d6"), ("{level}d6+{max(1, str_mod)}", "{level}d6 + {max(1, str_mod)}"),
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
    ("1d6.5", 3, .syntax), ("(1d6", 0, .syntax), ("1d6)", 3, .syntax),
    ("{1,2}kh", 2, .formula), ("2d6[fire", 3, .syntax), ("[fire]", 0, .syntax),
    ("2d6]", 3, .syntax), ("{level", 0, .syntax), ("level}", 0, .syntax), ("{}", 1, .formula), ("{1 +}d6", 4, .formula),
    ("2d6+{a b}", 7, .formula), ("{eval}", 1, .formula), ("4d6!", 3, .syntax),

    ("2**3", 2, .syntax), ("2^3", 1, .syntax),
    ("level", 0, .syntax),
    ("1d0", 2, .range), ("1d1000001", 2, .range), ("1001d6", 0, .range), ("9999999999999999999d6", 0, .range),
    ("1d99999999999999999999", 2, .range), ("99999999d99999999", 0, .range), ("4d6kh1001", 5, .range),
    ("9223372036854775808", 0, .overflow), ("0.0000000000000001", 0, .range), ("1234567890123456.5", 0, .range),
    ("9223372036854775807 + 1", 20, .overflow), ("9223372036854775807 * 1d2", 20, .overflow),
    ("1d6 * 9223372036854775807", 4, .overflow), ("1d6 // 0", 4, .divisionByZero), ("1 // (2 - 2)", 2, .divisionByZero),
    ("1 // (1d3 * 0.5 - 1)", 2, .divisionByZero), ("2d6\u{0}", 3, .syntax), ("\u{0}", 0, .syntax), ("😀", 0, .syntax),
    ("2d6 + 😀", 6, .syntax), ("２d6", 0, .syntax), ("2d6[a\u{0}b]", 5, .syntax), ("2d6 # a\nb", 7, .syntax),
    ("2d6 \u{2212} 1", 4, .syntax), ("4d6 kh", 4, .syntax), ("4d6 e6", 4, .syntax), ("4d6kh1,2", 6, .syntax),
    ("1d6 3 goblins", 4, .syntax), ("4d6khx2kh3y", 10, .syntax), ("4d6min", 6, .syntax), ("4d6ms", 3, .syntax),
    ("4d6r<", 5, .syntax), ("4d6cs3=5", 3, .syntax), ("8d6cs>4kh2", 7, .syntax), ("(2d6)min2", 5, .syntax),
    ("{{1d6}}x", 7, .syntax), ("{{}}", 0, .syntax), ("{{1d6,2", 0, .syntax), ("floor()", 5, .syntax),
    ("floor(1,2)", 5, .syntax), ("open(1)", 0, .syntax), ("floor 2", 0, .syntax), ("@", 1, .syntax),
    ("@eval", 1, .formula), ("1d6rr<7", 3, .endless), ("1d1e1", 3, .endless), ("2d6x>0", 3, .endless),
    ("1d6rrl1", 5, .syntax), ("2d1x", 3, .endless), ("1d6x2<=6x<=6", 8, .endless),
    ("{{1d6,1d8}}cs", 11, .syntax),
  ])
  func `what is not in the notation is refused with its place`(text: String, position: Int, kind: DiceError.Kind) {
    let error = #expect(throws: DiceError.self) { try DiceExpression(parsing: text) }
    #expect(error?.kind == kind)
    #expect(error?.position == position)
    #expect(error?.source == text)
  }

  @Test(arguments: [
    (
      "2d6 2d6",
      "column 5: expected an operator (== != <= >= < > + - * // / %), an annotation or the end, found '2'"
    ),
    ("1d0", "column 3: the number of sides is 0; allowed is 1…1000000"),
    (
      "4d6z6",
      "column 4: expected a modifier (kh kl dh dl p rr ro ra x xo min max cs cf df sf even odd ms), an operator"
    ),
    ("1d6rr<7", "column 4: 'rr<7' matches every face, so that it would draw for ever"),
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
