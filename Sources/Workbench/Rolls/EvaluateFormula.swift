import Expressions
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Works out a formula. Nothing is rolled and nothing changes.
package struct EvaluateFormula: ReadDefinition {
  package static let name = "evaluate_formula"
  package static let version = 1
  package static let permission = Permission("dice.read", from: .viewer)
  package static let about = OperationAbout(
    "Evaluate a formula", "Works out a formula such as min(20, floor(level * 1.5) + 3) over the variables.",
    example: Input(formula: "floor(level * 1.5) + 3", variables: ["level": 5]))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let formula: String
    package let variables: [String: JSON]?
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A formula to work out",
        properties: [
          "formula": .init("The formula.", .length(1...FormulaLimits.standard.length)),
          "variables": .init("Numbers, booleans or objects of them, for the names in the formula."),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    /// An integer, a number or a boolean.
    package let value: JSON
  }

  package init() {}

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    do throws(FormulaError) {
      let context = try FormulaContext(formulaEntries(input.variables ?? [:]))
      switch try Formula(parsing: input.formula).value(in: context) {
      case .integer(let integer): return Output(value: .integer(integer))
      case .double(let double): return Output(value: .number(double))
      case .boolean(let boolean): return Output(value: .bool(boolean))
      }
    } catch {
      throw OperationError.invalid("/formula", "bad_formula", error.message)
    }
  }
}
