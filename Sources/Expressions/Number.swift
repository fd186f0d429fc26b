/// A whole number or a fraction, with Python's arithmetic meaning and without Python's surprises.
///
/// Whole numbers are `Int64` and checked: leaving the range is an ``ArithmeticFault``, never a trap and never a wrap.
/// Doubles are finite: an operation whose result would be infinite or not a number throws instead.
public enum Number: Sendable, Hashable {
  case integer(Int64)
  case double(Double)

  /// The nearest double; exact up to ±2^53.
  public var asDouble: Double {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    }
  }

  /// False for an infinity or a NaN, which only a caller can bring in; no operation here returns one.
  public var isFinite: Bool {
    switch self {
    case .integer: true
    case .double(let value): value.isFinite
    }
  }

  public var isZero: Bool {
    switch self {
    case .integer(let value): value == 0
    case .double(let value): value == 0
    }
  }

  /// The same quantity as an integer where it is whole and fits, so that `3.0` and `3` become one value.
  public var normalized: Number {
    guard case .double(let value) = self, let whole = Int64(exactly: value) else { return self }
    return .integer(whole)
  }

  /// Keeps what is finite: every operation with a double result ends here.
  static func finite(_ value: Double) throws(ArithmeticFault) -> Number {
    guard value.isFinite else { throw .notFinite }
    return .double(value)
  }
}

extension Number: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  public init(integerLiteral value: Int64) {
    self = .integer(value)
  }

  public init(floatLiteral value: Double) {
    self = .double(value)
  }
}

extension Number: CustomStringConvertible {
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .double(let value): String(value)
    }
  }
}

extension Number: Codable {
  /// A JSON number: an integer where the value is whole and fits `Int64`, otherwise a double.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch normalized {
    case .integer(let value): try container.encode(value)
    case .double(let value): try container.encode(value)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else {
      self = Number.double(try container.decode(Double.self)).normalized
    }
  }
}
