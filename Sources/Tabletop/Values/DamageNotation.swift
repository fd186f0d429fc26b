import Dice
package import StrictJSON

/// The dice of an attack or a spell: `1d8+3`, `2d6 + 1d4`, `5`. Plainer than dice notation at large, so that a critical hit
/// has one meaning: every die twice, every number once.
package struct DamageNotation: Hashable, Sendable, CustomStringConvertible {
  private struct Term: Hashable, Sendable {
    let count: Int64
    /// 1 for a plain number.
    let sides: Int64
  }

  private let terms: [Term]
  package let description: String

  package static let termsMax = 8
  /// Of one term, before a critical hit doubles it.
  package static let diceMax: Int64 = 50
  package static let sidesMax: Int64 = 100
  package static let numberMax: Int64 = 1_000

  /// Nil unless `text` is dice and numbers joined by `+`, within the bounds above; a number may be subtracted.
  package init?(_ text: some StringProtocol) {
    let plain = text.lowercased().filter { $0 != " " }
    guard plain.utf8.count <= 100, let parts = Self.parts(of: plain), (1...Self.termsMax).contains(parts.count) else {
      return nil
    }
    var terms: [Term] = []
    for part in parts {
      guard let term = Self.term(part.text, isNegative: part.isNegative) else { return nil }
      terms.append(term)
    }
    self.terms = terms
    description = Self.text(of: terms, diceTimes: 1)
  }

  /// The roll, every die twice when the hit is critical.
  func dice(isCritical: Bool) throws -> PreparedRoll {
    try DiceExpression(parsing: Self.text(of: terms, diceTimes: isCritical ? 2 : 1)).bind()
  }

  private static func parts(of text: String) -> [(text: Substring, isNegative: Bool)]? {
    var parts: [(Substring, Bool)] = []
    var rest = text[...]
    var isNegative = false
    while true {
      let part = rest.prefix { $0 != "+" && $0 != "-" }
      guard !part.isEmpty, parts.count < termsMax else { return nil }
      parts.append((part, isNegative))
      rest = rest.dropFirst(part.count)
      guard let sign = rest.popFirst() else { return parts }
      isNegative = sign == "-"
    }
  }

  private static func term(_ text: Substring, isNegative: Bool) -> Term? {
    let pieces = text.split(separator: "d", omittingEmptySubsequences: false)
    let numbers = pieces.map { piece in piece.utf8.allSatisfy(\.isDigit) ? Int64(piece) : nil }
    switch numbers.count {
    case 1:
      guard let number = numbers[0], number <= numberMax else { return nil }
      return Term(count: isNegative ? -number : number, sides: 1)
    case 2:
      let count = pieces[0].isEmpty ? 1 : numbers[0]
      guard !isNegative, let count, let sides = numbers[1], (1...diceMax).contains(count),
        (2...sidesMax).contains(sides)
      else { return nil }
      return Term(count: count, sides: sides)
    default: return nil
    }
  }

  private static func text(of terms: [Term], diceTimes times: Int64) -> String {
    var text = ""
    for term in terms {
      let sign = term.count < 0 ? "-" : "+"
      text += text.isEmpty ? (term.count < 0 ? "-" : "") : " \(sign) "
      text += term.sides == 1 ? "\(abs(term.count))" : "\(term.count * times)d\(term.sides)"
    }
    return text
  }
}

extension DamageNotation: Codable, SchemaProviding {
  package static var jsonSchema: JSONSchema { .string(length: 1...100, format: .damageNotation) }

  package init(from decoder: any Decoder) throws {
    let text = try String(from: decoder)
    guard let notation = DamageNotation(text) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "“\(text.prefix(80))” is no \(StringFormat.damageNotation.wanted)"))
    }
    self = notation
  }

  package func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

extension StringFormat {
  static let damageNotation = StringFormat(
    "damage-notation", wanted: "sum of dice and numbers such as 2d6 + 3, at most 50 dice of 2 to 100 sides a term",
    example: "2d6 + 3", accepts: { DamageNotation($0) != nil })
}
