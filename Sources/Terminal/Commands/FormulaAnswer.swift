import Expressions
import StrictJSON

/// What a line of a batch of formulas gives.
enum FormulaAnswer: Sendable, Hashable {
  case value(FormulaValue)
  case error(code: String, message: String, position: Int)

  /// The answer to a line as it came.
  static func answer(_ line: InputLines.Line, limits: FormulaLimits) -> FormulaAnswer {
    guard case .bytes(let bytes) = line else {
      return refusal("", "too_large", "A line has more than \(InputLines.bytesMax) bytes, which is all that is read.")
    }
    do throws(JSONFault) {
      return answer(try JSON(parsing: bytes), limits: limits)
    } catch {
      return refusal(error.errors[0])
    }
  }

  private static func answer(_ line: JSON, limits: FormulaLimits) -> FormulaAnswer {
    guard let members = line.members else { return refusal("", "wrong_type", "The line must be an object.") }
    guard let expression = members["expr"] else { return refusal("/expr", "missing", "There must be a formula.") }
    guard let text = expression.text else { return refusal("/expr", "wrong_type", "The formula must be a string.") }
    guard let names = (members["vars"] ?? [:]).members else {
      return refusal("/vars", "wrong_type", "The values of names must be an object.")
    }
    do throws(FormulaError) {
      let entries = names.map { ($0.key, FormulaContext.Entry($0.value)) }
      let context = try FormulaContext(Dictionary(entries, uniquingKeysWith: { $1 }))
      return .value(try Formula(parsing: text, limits: limits).value(in: context, limits: limits))
    } catch {
      return .error(code: error.kind.rawValue, message: error.message, position: error.position)
    }
  }

  private static func refusal(_ pointer: String, _ code: String, _ message: String) -> FormulaAnswer {
    refusal(FieldError(pointer: pointer, code: code, message: message))
  }

  /// What is wrong with the line and not with its formula has no place there.
  private static func refusal(_ fault: FieldError) -> FormulaAnswer {
    .error(code: fault.code, message: fault.description, position: 0)
  }

  /// One line of JSON, without its end. A double keeps its point: `4.0`.
  var text: String {
    switch self {
    case .value(let value): #"{"value":\#(value),"type":"\#(value.typeName)"}"#
    case .error(let code, let message, let position):
      Self.document(code, PlainText.line(message), position).canonicalText()
    }
  }

  private static func document(_ code: String, _ message: String, _ position: Int) -> JSON {
    ["error": ["code": .string(code), "message": .string(message), "position": .integer(Int64(position))]]
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
