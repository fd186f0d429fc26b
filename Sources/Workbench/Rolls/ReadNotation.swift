package import Dice
import Expressions
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// What each dialect reads in the same text. Nothing is rolled and nothing changes.
package struct ReadNotation: ReadDefinition {
  package static let name = "read_notation"
  package static let version = 1
  package static let permission = Permission("dice.read", from: .viewer)
  package static let about = OperationAbout(
    "Read a dice notation",
    "What Arbiter's own notation, Avrae's d20 and Foundry read in the same text: as it is written out, its bounds and its "
      + "average, or what is wrong with it and where.",
    example: Input(notation: "4d6k3", variables: nil))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let notation: String
    package let variables: [String: JSON]?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A text to read",
        properties: ["notation": DiceFields.notation, "variables": DiceFields.variables])
    }
  }

  package struct Output: Codable, Sendable, Hashable {
    package let readings: [NotationReading]
  }

  package init() {}

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let context: FormulaContext
    do {
      context = try FormulaContext(formulaEntries(input.variables ?? [:]))
    } catch {
      throw OperationError.invalid("/variables", "bad_variable", error.message)
    }
    return Output(
      readings: DiceDialect.allCases.map { NotationReading(of: input.notation, in: $0, context) })
  }
}

/// A text as one dialect reads it: what it says, or what is wrong.
package struct NotationReading: Codable, Sendable, Hashable, SchemaDescribed {
  package struct Fault: Codable, Sendable, Hashable, SchemaDescribed {
    package let code: String
    package let message: String
    package let position: Int
    package let column: Int

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "Why a dialect does not read it.",
        properties: [
          "code": .init("What kind of fault it is.", .length(1...40)), "message": .init("What is wrong."),
          "position": .init("Where, in bytes from 0."), "column": .init("Where, in characters from 1."),
        ])
    }
  }

  package let dialect: DiceDialect
  package let expression: String?
  package let minimum: Int64?
  package let maximum: Int64?
  package let mean: Double?
  package let error: Fault?

  /// Averages are for looking at while somebody types: what takes longer than this has none.
  private static let limits = OddsLimits(states: 5_000, work: 500_000)

  init(of notation: String, in dialect: DiceDialect, _ context: FormulaContext) {
    self.dialect = dialect
    do throws(DiceError) {
      let dice = try DiceExpression(parsing: notation, dialect: dialect).bind(to: context)
      (expression, error) = (dice.expression, nil)
      let odds = try? dice.odds(limits: Self.limits)
      (minimum, maximum) = (odds?.min ?? dice.bounds.lowerBound, odds?.max ?? dice.bounds.upperBound)
      mean = odds?.mean
    } catch {
      (expression, minimum, maximum, mean) = (nil, nil, nil, nil)
      self.error = Fault(
        code: error.kind.rawValue, message: error.message, position: error.position, column: error.column)
    }
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "A text as one dialect reads it.",
      properties: [
        "dialect": .init("Whose notation."), "expression": .init("As it is written canonically."),
        "minimum": .init("No total is lower."), "maximum": .init("No total is higher."),
        "mean": .init("The average total, where it is quickly known."),
        "error": .init("What is wrong, instead of all these."),
      ])
  }
}
