extension Number {
  /// The whole part, toward zero; Python's `int`.
  public func truncated() throws(ArithmeticFault) -> Int64 {
    try whole(.towardZero)
  }

  /// The whole number this rounds to by `rule`; `.toNearestOrEven` is Python's `round`.
  public func whole(_ rule: FloatingPointRoundingRule) throws(ArithmeticFault) -> Int64 {
    switch self {
    case .integer(let value): return value
    case .double(let value):
      guard value.isFinite else { throw .notFinite }
      guard let whole = Int64(exactly: value.rounded(rule)) else { throw .overflow }
      return whole
    }
  }

  public func absolute() throws(ArithmeticFault) -> Number {
    switch self {
    case .integer(let value): value < 0 ? try negated() : self
    case .double(let value): .double(value.magnitude)
    }
  }

  /// Always a double.
  public func squareRoot() throws(ArithmeticFault) -> Number {
    let value = asDouble
    guard value >= 0 else { throw .negativeRoot }
    return try Number.finite(value.squareRoot())
  }

  /// −1, 0 or 1.
  public var sign: Int64 {
    switch Number.order(self, 0) {
    case .less: -1
    case .equal: 0
    case .greater: 1
    }
  }
}
