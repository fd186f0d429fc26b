import Expressions
import Foundation

/// A formula of a fixture with what Python made of it.
struct FormulaFixture: Decodable, Sendable {
  let text: String
  let context: [String: FormulaContext.Entry]?
  let result: Result

  enum Result: Sendable, Equatable {
    case value(FormulaValue)
    /// Its name, as the fixture has it.
    case error(String)
  }

  /// The cases of a file in `Fixtures`, one a line.
  static func cases(in file: String) throws -> [FormulaFixture] {
    try lines(of: file).map { try JSONDecoder().decode(FormulaFixture.self, from: $0) }
  }

  /// A file whose first line has the names of all the others.
  static func casesWithCommonNames(
    in file: String
  ) throws -> (context: [String: FormulaContext.Entry], cases: [FormulaFixture]) {
    let lines = try lines(of: file)
    let names = try lines.prefix(1).map { try JSONDecoder().decode(Names.self, from: $0).vars.mapValues(\.entry) }
    let cases = try lines.dropFirst().map { try JSONDecoder().decode(FormulaFixture.self, from: $0) }
    return (names.first ?? [:], cases)
  }

  private static func lines(of file: String) throws -> [Data] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return try Data(contentsOf: folder.appending(path: file)).split(separator: UInt8(ascii: "\n"))
  }

  private struct Names: Decodable {
    let vars: [String: NamedValue]
  }

  private enum CodingKeys: String, CodingKey {
    case expr, vars, value, type, error
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    text = try container.decode(String.self, forKey: .expr)
    context = try container.decodeIfPresent([String: NamedValue].self, forKey: .vars)?.mapValues(\.entry)
    if let error = try container.decodeIfPresent(String.self, forKey: .error) {
      result = .error(error)
      return
    }
    switch try container.decode(String.self, forKey: .type) {
    case "int": result = .value(.integer(try container.decode(Int64.self, forKey: .value)))
    case "float": result = .value(.double(try container.decode(Double.self, forKey: .value)))
    default: result = .value(.boolean(try container.decode(Bool.self, forKey: .value)))
    }
  }
}

/// A value of a name as JSON has it.
private struct NamedValue: Decodable {
  let entry: FormulaContext.Entry

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Bool.self) {
      entry = .boolean(value)
    } else if let value = try? container.decode([String: NamedValue].self) {
      entry = .object(value.mapValues(\.entry))
    } else {
      let double = try container.decode(Double.self)
      let integer = try? container.decode(Int64.self)
      // Foundation reads -0.0 as the integer 0 too. Other fractions of zero, such as 4.0, do not occur here.
      entry = integer.flatMap { double == 0 && double.sign == .minus ? nil : .integer($0) } ?? .double(double)
    }
  }
}
