package import Dice
import Expressions
import Operations
package import StrictJSON

/// Dice to be looked at, not rolled.
package struct DiceInput: Codable, Sendable, Hashable, SchemaDescribed {
  package let notation: String
  package let dialect: DiceDialect?
  package let variables: [String: JSON]?

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "Dice to look at",
      properties: [
        "notation": DiceFields.notation, "dialect": DiceFields.dialect, "variables": DiceFields.variables,
      ])
  }

  /// As ``boundDice(_:_:_:)``.
  func boundDice() throws -> PreparedRoll { try Workbench.boundDice(notation, dialect, variables) }
}

/// What the fields of dice mean wherever they stand.
enum DiceFields {
  static let notation = PropertyDescription(
    "Dice notation: 8d6, 2d20kh1+5, {level}d6[fire]+{max(1, bonus)}.", .length(1...DiceLimits.standard.length))
  static let dialect = PropertyDescription("Whose notation it is; Arbiter's own when left out.")
  static let variables = PropertyDescription("Numbers, booleans or objects of them, for the names in formulas.")
}

extension Workbench {
  /// A notation parsed, its formulas evaluated, and every bound checked, before any die is drawn.
  ///
  /// - Throws: ``OperationError`` `.invalidInput` that points at the notation or the variable.
  static func boundDice(
    _ notation: String, _ dialect: DiceDialect?, _ variables: [String: JSON]?
  ) throws -> PreparedRoll {
    do {
      return try DiceExpression(parsing: notation, dialect: dialect ?? .native)
        .bind(to: try FormulaContext(formulaEntries(variables ?? [:])))
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
