import Dice
import Expressions
import Testing

@Suite("Dice templates")
struct DiceTemplateTests {
  private func context() throws -> FormulaContext {
    try FormulaContext(["level": 3, "str_mod": -1, "half": 0.5, "many": 999, "sides": 8, "hp": ["max": 20]])
  }

  @Test func `formulas give counts, sides, modifiers and numbers`() throws {
    let roll = try DiceExpression(parsing: "{level}d{sides}kh{level - 1} + {max(1, str_mod)}").bind(to: context())
    #expect(roll.bounds == 3...17)
    #expect(roll.diceMax == 3)
    #expect(roll.expression == "{level}d{sides}kh{level - 1} + {max(1, str_mod)}")
    var tape = TapeDraws(faces: [8, 2, 5])
    let result = try roll.roll(using: &tape)
    #expect(result.total == 14)
    #expect(result.text == "3d8kh2 (8, ~2~, 5) + {max(1, str_mod)} (1) = 14")
  }

  @Test(
    arguments: [("level * 1.5", 4, 4.5), ("-level * 1.5", -4, -4.5), ("level / 3", 1, nil), ("half", 0, 0.5)]
      as [(String, Int64, Double?)])
  func `a fraction is cut off toward zero and the tree shows it`(source: String, value: Int64, exact: Double?) throws {
    var tape = TapeDraws(faces: [])
    let result = try DiceExpression(parsing: "{\(source)}").bind(to: context()).roll(using: &tape)
    #expect(result.total == value)
    #expect(
      result.root.kind
        == .formula(ResolvedFormula(source: source, value: value, exact: exact.map { .double($0) })))
  }

  @Test func `a count cut off is shown with its dice`() throws {
    var tape = TapeDraws(faces: [1, 2, 3, 4])
    let result = try DiceExpression(parsing: "{level*1.5}d6").bind(to: context()).roll(using: &tape)
    guard case .dice("4d6", 6, _, let formulas) = result.root.kind else {
      Issue.record("expected 4d6, found \(result.root.kind)")
      return
    }
    #expect(formulas == [ResolvedFormula(source: "level*1.5", value: 4, exact: 4.5)])
  }

  @Test func `a boolean counts one or zero`() throws {
    #expect(try DiceExpression(parsing: "{level > 2}d6").bind(to: context()).diceMax == 1)
    #expect(try DiceExpression(parsing: "{level > 5}d6").bind(to: context()).diceMax == 0)
  }

  @Test(
    arguments: [
      ("{-1}d6", 0, DiceError.Kind.range, nil), ("{1001 - 1 + 1}d6", 1, .formula, FormulaError.Kind.limit),
      ("1d{0}", 2, .range, nil), ("2d6kh{-1}", 5, .range, nil), ("{many}d6 + 2d6", 11, .limit, nil),
      ("{lvl}d6", 1, .formula, .unknownName), ("1d6 + { hp }", 8, .formula, .unknownName),
      ("1d6 + {1 // 0}", 9, .formula, .divisionByZero), ("{sqrt(str_mod)}", 1, .formula, .negativeRoot),
      ("1d6 // {level - 3}", 4, .divisionByZero, nil),
    ] as [(String, Int, DiceError.Kind, FormulaError.Kind?)])
  func `what a formula gives is checked before any die is drawn`(
    text: String, position: Int, kind: DiceError.Kind, formulaKind: FormulaError.Kind?
  ) throws {
    let expression = try DiceExpression(parsing: text)
    let error = #expect(throws: DiceError.self) { try expression.bind(to: context()) }
    #expect(error?.kind == kind)
    #expect(error?.formulaKind == formulaKind)
    #expect(error?.position == position)
  }

  @Test func `a message names the formula, its value and what is allowed`() throws {
    let error = #expect(throws: DiceError.self) { try DiceExpression(parsing: "{5 - 7}d6").bind() }
    #expect(error?.message == "the number of dice is {5 - 7} = -2; allowed is 0…1000")
  }
}
