/// The functions a formula may call. There are no others and none can be added: the list is the wall.
public enum FormulaFunction: String, Sendable, Hashable, CaseIterable {
  /// The smallest or largest argument, as it was given; the first of equals.
  case min, max
  /// The distance from zero.
  case abs
  /// The whole number below, toward zero, nearest (a half goes to the even one), or above.
  case floor, int, round, ceil
  /// The square root, always a double.
  case sqrt
  /// −1, 0 or 1.
  case sign

  /// How many arguments a call takes.
  public var arity: ClosedRange<Int> {
    switch self {
    case .min, .max: 2...Int.max
    case .abs, .floor, .int, .round, .ceil, .sqrt, .sign: 1...1
    }
  }

  /// All names in alphabetical order, for messages.
  static let allNames = allCases.map(\.rawValue).sorted().joined(separator: ", ")

  /// The result for an argument of a function that takes one.
  func apply(to argument: Number) throws(ArithmeticFault) -> FormulaValue {
    switch self {
    case .abs: FormulaValue(try argument.absolute())
    case .floor: .integer(try argument.whole(.down))
    case .int: .integer(try argument.truncated())
    case .round: .integer(try argument.whole(.toNearestOrEven))
    case .ceil: .integer(try argument.whole(.up))
    case .sqrt: FormulaValue(try argument.squareRoot())
    case .sign: .integer(argument.sign)
    case .min, .max: FormulaValue(argument)
    }
  }

  /// For `min` and `max`: whether `candidate` takes the place of `best`.
  func prefers(_ candidate: FormulaValue, over best: FormulaValue) -> Bool {
    Number.order(candidate.number, best.number) == (self == .min ? .less : .greater)
  }
}
