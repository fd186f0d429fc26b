/// Why a formula, or the values it was to read, was refused.
///
/// `message` is one sentence for people: what was wrong, with which value, and what is allowed.
public struct FormulaError: Error, Sendable, Hashable {
  /// The raw value is the code that programs read; it does not change.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The text is not in the grammar.
    case syntax
    /// A call of something that is not one of the functions.
    case unknownFunction = "unknown_function"
    /// A function with too few or too many arguments.
    case argumentCount = "argument_count"
    /// A name the context does not hold as a number or a boolean.
    case unknownName = "unknown_name"
    /// Length, depth, nodes, cost or result beyond the limits.
    case limit
    case overflow
    case divisionByZero = "division_by_zero"
    /// An infinite or undefined double.
    case notFinite = "not_finite"
    /// The square root of a negative number.
    case negativeRoot = "negative_root"
    /// A value, key or shape that no context may hold; `source` is the key path.
    case refusedContext = "refused_context"
  }

  public let kind: Kind
  /// Offset in `source` in UTF-8 bytes, from 0.
  public let position: Int
  /// The same place as people count it: in characters, from 1.
  public let column: Int
  public let message: String
  /// The formula; only its beginning when it was longer than allowed.
  public let source: String

  public init(_ kind: Kind, at position: Int = 0, in source: String, _ message: String) {
    let utf8 = source.utf8
    let place = utf8.index(utf8.startIndex, offsetBy: max(0, position), limitedBy: utf8.endIndex) ?? utf8.endIndex
    self.kind = kind
    self.position = utf8.distance(from: utf8.startIndex, to: place)
    self.column = source[..<place].count + 1
    self.message = message
    self.source = source
  }
}

extension FormulaError: CustomStringConvertible {
  /// The message with its column, as a terminal prints it.
  public var description: String {
    kind == .refusedContext ? message : "column \(column): \(message)"
  }
}

extension FormulaError.Kind {
  init(_ fault: ArithmeticFault) {
    switch fault {
    case .overflow: self = .overflow
    case .divisionByZero: self = .divisionByZero
    case .notFinite: self = .notFinite
    case .negativeRoot: self = .negativeRoot
    }
  }
}
