public import Expressions

/// Why a dice expression was refused or could not be rolled.
///
/// `message` is one sentence for people: what was wrong, with which value, and what is allowed.
public struct DiceError: Error, Sendable, Hashable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The text is not in the notation.
    case syntax
    /// More text, structure or dice than the limits allow.
    case limit
    /// A count, a number of sides or a modifier's number out of its range.
    case range
    /// A reroll or an explosion that cannot end.
    case endless
    /// A `{formula}` failed; ``DiceError/formulaKind`` says how.
    case formula
    /// A whole number left the range of `Int64`, or the total could.
    case overflow
    case divisionByZero = "division_by_zero"
    /// A source of draws returned a face that the die does not have.
    case invalidDraw = "invalid_draw"
  }

  public let kind: Kind
  /// For kind `formula`, what the formula's own error is.
  public let formulaKind: FormulaError.Kind?
  /// Offset in `source` in UTF-8 bytes, from 0.
  public let position: Int
  /// The same place as people count it: in characters, from 1.
  public let column: Int
  public let message: String
  /// The expression; only its beginning when it was longer than allowed.
  public let source: String

  init(
    _ kind: Kind, at position: Int, in source: String, _ message: String, formulaKind: FormulaError.Kind? = nil
  ) {
    let utf8 = source.utf8
    let place = utf8.index(utf8.startIndex, offsetBy: max(0, position), limitedBy: utf8.endIndex) ?? utf8.endIndex
    self.kind = kind
    self.formulaKind = formulaKind
    self.position = utf8.distance(from: utf8.startIndex, to: place)
    self.column = source[..<place].count + 1
    self.message = message
    self.source = source
  }
}

extension DiceError: CustomStringConvertible {
  /// The message with its column, as a terminal prints it.
  public var description: String { "column \(column): \(message)" }
}
