import ArgumentParser
import Expressions
import StrictJSON

/// A name and its value for the formulas of a notation: `level=7`, `hp.max=12.5`, `isBlessed=true`.
struct VariableArgument: ExpressibleByArgument, Sendable, Hashable {
  /// The parts between the points.
  let path: [String]
  let value: JSON

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let value = try? JSON(parsing: String(parts[1])) else { return nil }
    switch value {
    case .integer, .number, .bool: self.value = value
    default: return nil
    }
    path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard path.allSatisfy({ !$0.isEmpty }), path.count <= FormulaContext.depthMax else { return nil }
  }
}

extension [VariableArgument] {
  /// As the input of an operation has them: an object, `hp.max` being an object in it.
  ///
  /// - Throws: `ValidationError` when a name is given twice, or is a value and an object at once.
  func document() throws -> JSON {
    var object = JSONObject()
    for variable in self {
      guard Self.set(variable.value, at: variable.path[...], in: &object) else {
        throw ValidationError(
          "--variable \(variable.path.joined(separator: ".")) is given twice, or is a value and holds others.")
      }
    }
    return .object(object)
  }

  /// As a formula takes them.
  ///
  /// - Throws: `ValidationError` as ``document()``; `FormulaError` for a name or a value that is refused.
  func context() throws -> FormulaContext {
    let entries = (try document().members ?? [:]).map { ($0.key, FormulaContext.Entry($0.value)) }
    return try FormulaContext(Dictionary(entries, uniquingKeysWith: { $1 }))
  }

  private static func set(_ value: JSON, at path: ArraySlice<String>, in object: inout JSONObject) -> Bool {
    guard let key = path.first else { return false }
    if path.count == 1 { return object.insert(key, value) }
    var inner = JSONObject()
    if let there = object[key] {
      guard let members = there.members else { return false }
      inner = members
    }
    guard set(value, at: path.dropFirst(), in: &inner) else { return false }
    object[key] = .object(inner)
    return true
  }
}

extension FormulaContext.Entry {
  /// A value of a variable, or an object of them.
  init(_ value: JSON) {
    switch value {
    case .integer(let integer): self = .integer(integer)
    case .number(let number): self = .double(number)
    case .bool(let flag): self = .boolean(flag)
    case .string: self = .text
    case .array: self = .list
    case .null: self = .null
    case .object(let members):
      self = .object(Dictionary(members.map { ($0.key, Self($0.value)) }, uniquingKeysWith: { $1 }))
    }
  }
}
