import Dice
import Expressions
import Operations
import StrictJSON

extension RollDice.Input {
  /// The notation parsed, its formulas evaluated, and every bound checked, before any die is drawn.
  ///
  /// - Throws: ``OperationError`` `.invalidInput` that points at the notation or the variable.
  func boundDice() throws -> PreparedRoll {
    do {
      return try DiceExpression(parsing: notation).bind(to: try FormulaContext(formulaEntries(variables ?? [:])))
    } catch let error as DiceError {
      throw OperationError.invalid("/notation", "bad_notation", error.message)
    } catch let error as FormulaError {
      throw OperationError.invalid("/variables", "bad_variable", error.message)
    }
  }
}

/// Variables as a formula's context takes them, or refuses them.
func formulaEntries(_ variables: [String: JSON]) -> [String: FormulaContext.Entry] {
  variables.mapValues { value in
    switch value {
    case .integer(let integer): .integer(integer)
    case .number(let number): .double(number)
    case .bool(let flag): .boolean(flag)
    case .string: .text
    case .array: .list
    case .null: .null
    case .object(let object):
      .object(formulaEntries(Dictionary(object.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })))
    }
  }
}
