import Expressions
import StrictJSON

/// What a line of a batch of formulas gives.
enum FormulaAnswer: Sendable, Hashable {
  case value(FormulaValue)
  case error(BatchError)

  /// The answer to a line as it came.
  static func answer(_ line: InputLines.Line, limits: FormulaLimits) -> FormulaAnswer {
    guard case .bytes(let bytes) = line else { return .error(.tooLong) }
    do throws(JSONFault) {
      return answer(try JSON(parsing: bytes), limits: limits)
    } catch {
      return .error(BatchError(error.errors[0]))
    }
  }

  private static func answer(_ line: JSON, limits: FormulaLimits) -> FormulaAnswer {
    guard let members = line.members else { return .error(BatchError("", "wrong_type", "The line must be an object.")) }
    guard let expression = members["expr"] else {
      return .error(BatchError("/expr", "missing", "There must be a formula."))
    }
    guard let text = expression.text else {
      return .error(BatchError("/expr", "wrong_type", "The formula must be a string."))
    }
    guard let names = (members["vars"] ?? [:]).members else {
      return .error(BatchError("/vars", "wrong_type", "The values of names must be an object."))
    }
    do throws(FormulaError) {
      let entries = names.map { ($0.key, FormulaContext.Entry($0.value)) }
      let context = try FormulaContext(Dictionary(entries, uniquingKeysWith: { $1 }))
      return .value(try Formula(parsing: text, limits: limits).value(in: context, limits: limits))
    } catch {
      return .error(BatchError(code: error.kind.rawValue, message: error.message, position: error.position))
    }
  }

  /// One line of JSON, without its end. A double keeps its point: `4.0`.
  var text: String {
    switch self {
    case .value(let value): #"{"value":\#(value),"type":"\#(value.typeName)"}"#
    case .error(let error): error.text
    }
  }
}

extension FormulaValue {
  /// The type as Python names it.
  fileprivate var typeName: String {
    switch self {
    case .integer: "int"
    case .double: "float"
    case .boolean: "bool"
    }
  }
}
