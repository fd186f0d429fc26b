import Expressions
import Testing

@Suite("Formulas beside Python")
struct FormulaPythonTests {
  private let unbounded = FormulaLimits.standard.bounding(result: nil)

  /// The 200 published cases. Their errors carry Python's names; that there is one is what they say.
  @Test func `the published cases agree in value and type`() throws {
    let cases = try FormulaFixture.cases(in: "formula_sample.jsonl")
    #expect(cases.count == 200)
    for fixture in cases {
      let result = result(of: fixture.text, in: try FormulaContext(fixture.context ?? [:]))
      if case .error = fixture.result, case .error = result { continue }
      expectEqual(result, fixture.result, fixture.text)
    }
  }

  /// 2,000 formulas made at random (CPython 3.11.7, seed 1), among them every operator and function on the edges of 64
  /// bits, on signed zeros, subnormal and very large doubles. An error is one by our rules: a whole number that leaves 64
  /// bits and a result that is not finite, which Python would go on with, and Python's own.
  @Test func `random formulas agree with CPython in value, type and kind of error`() throws {
    let (entries, cases) = try FormulaFixture.casesWithCommonNames(in: "python_formulas.jsonl")
    let context = try FormulaContext(entries)
    #expect(cases.count == 2_000)
    for fixture in cases { expectEqual(result(of: fixture.text, in: context), fixture.result, fixture.text) }
  }

  private func result(of text: String, in context: FormulaContext) -> FormulaFixture.Result {
    do {
      return .value(try Formula(parsing: text).value(in: context, limits: unbounded))
    } catch {
      return .error(error.kind.rawValue)
    }
  }

  /// Doubles by their bits: no tolerance, and -0.0 is not 0.0.
  private func expectEqual(_ found: FormulaFixture.Result, _ expected: FormulaFixture.Result, _ text: String) {
    if case .value(.double(let found)) = found, case .value(.double(let expected)) = expected {
      #expect(found.bitPattern == expected.bitPattern, "\(text): \(found) is not \(expected)")
    } else {
      #expect(found == expected, "\(text)")
    }
  }
}
