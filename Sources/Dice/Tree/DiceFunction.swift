import Expressions

/// The functions a roll may call. There are no others.
enum DiceFunction: String, Sendable, CaseIterable {
  case abs, ceil, floor, int, max, min, round, sign, sqrt

  /// All names, for messages.
  static let allNames = allCases.map(\.rawValue).joined(separator: ", ")

  var arity: ClosedRange<Int> {
    switch self {
    case .min, .max: 1...Int.max
    case .abs, .ceil, .floor, .int, .round, .sign, .sqrt: 1...1
    }
  }

  /// - Parameter dialect: Foundry rounds a half up, the others to the even neighbour.
  func apply(to arguments: some Collection<Number>, _ dialect: DiceDialect) throws(ArithmeticFault) -> Number {
    guard let first = arguments.first else { return 0 }
    switch self {
    case .abs: return try first.absolute()
    case .ceil: return .integer(try first.whole(.up))
    case .floor: return .integer(try first.whole(.down))
    case .int: return .integer(try first.truncated())
    case .round: return .integer(try Self.rounded(first, dialect))
    case .sign: return .integer(first.sign)
    case .sqrt: return try first.squareRoot().normalized
    case .min: return arguments.dropFirst().reduce(first) { Number.order($1, $0) == .less ? $1 : $0 }
    case .max: return arguments.dropFirst().reduce(first) { Number.order($1, $0) == .greater ? $1 : $0 }
    }
  }

  private static func rounded(_ number: Number, _ dialect: DiceDialect) throws(ArithmeticFault) -> Int64 {
    guard dialect == .foundry, case .double(let value) = number else { return try number.whole(.toNearestOrEven) }
    let below = value.rounded(.down)
    return try Number.double(value - below < 0.5 ? below : below + 1).truncated()
  }
}
