import Expressions
import Testing

@Suite("Formula arithmetic")
struct FormulaArithmeticTests {
  let unbounded = FormulaLimits(result: nil)

  private func expectPython(_ text: String, _ expected: FormulaValue) throws {
    let context = try #require(PythonCases.context)
    let value = try Formula(parsing: text).value(in: context, limits: unbounded)
    // Tells -0.0 from 0.0, which `==` does not.
    #expect(value.description == expected.description)
    #expect(value == expected)
  }

  @Test(arguments: PythonCases.integers)
  func `whole numbers mean what they mean in Python`(text: String, expected: FormulaValue) throws {
    try expectPython(text, expected)
  }

  @Test(arguments: PythonCases.doubles)
  func `doubles mean what they mean in Python`(text: String, expected: FormulaValue) throws {
    try expectPython(text, expected)
  }

  @Test(arguments: PythonCases.comparisons)
  func `comparisons are exact and chain as in Python`(text: String, expected: FormulaValue) throws {
    try expectPython(text, expected)
  }

  @Test(arguments: PythonCases.logic)
  func `and, or and not return what they return in Python`(text: String, expected: FormulaValue) throws {
    try expectPython(text, expected)
  }

  @Test(arguments: PythonCases.choices)
  func `a choice evaluates one branch only`(text: String, expected: FormulaValue) throws {
    try expectPython(text, expected)
  }

  @Test(arguments: PythonCases.functions)
  func `functions return what they return in Python`(text: String, expected: FormulaValue) throws {
    try expectPython(text, expected)
  }

  @Test(arguments: [
    ("top + 1", FormulaError.Kind.overflow), ("-top - 2", .overflow), ("top * 2", .overflow), ("big * big", .overflow),
    ("-(-top - 1)", .overflow), ("abs(-top - 1)", .overflow), ("(-top - 1) // -1", .overflow),
    ("int(1e300)", .overflow), ("floor(-1e19)", .overflow), ("round(9.3e18)", .overflow), ("ceil(1e19)", .overflow),
    ("9223372036854775808", .overflow), ("--9223372036854775808", .overflow), ("1 - 9223372036854775808", .overflow),
    ("-(9223372036854775808)", .overflow), ("-9223372036854775809", .overflow), ("+9223372036854775808", .overflow),
    ("-9223372036854775808 - 1", .overflow), ("1e308 * 10", .notFinite), ("1e308 + 1e308", .notFinite),
    ("-1e308 - 1e308", .notFinite), ("1e308 / 0.1", .notFinite), ("1e308 // 0.1", .notFinite), ("1e999", .notFinite),
    ("1 / 0", .divisionByZero), ("1 // 0", .divisionByZero), ("1 % 0", .divisionByZero), ("1 / 0.0", .divisionByZero),
    ("1.5 // 0", .divisionByZero), ("1.5 % -0.0", .divisionByZero), ("0 / 0", .divisionByZero),
    ("1 / no", .divisionByZero), ("1 % (1 - true)", .divisionByZero), ("sqrt(-1)", .negativeRoot),
    ("sqrt(-0.001)", .negativeRoot),
  ])
  func `arithmetic without a result is an error and not a trap`(text: String, kind: FormulaError.Kind) throws {
    let context = try #require(PythonCases.context)
    let error = #expect(throws: FormulaError.self) {
      try Formula(parsing: text).value(in: context, limits: unbounded)
    }
    #expect(error?.kind == kind)
  }

  @Test func `an error shows the operation with its values and where it stands`() throws {
    let formula = try Formula(parsing: "level + hp // (level - 7)")
    let error = #expect(throws: FormulaError.self) {
      try formula.value(in: try FormulaContext(["level": 7, "hp": 31]))
    }
    #expect(error?.position == 11)
    #expect(error?.column == 12)
    #expect(error?.message == "31 // 0 has no result: a divisor must not be zero")
  }
}
