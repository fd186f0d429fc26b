// `Number` is not `Comparable`: `==` tells `3` from `3.0`, as a stored value must, while the order below does not.
extension Number {
  /// How `left` lies to `right`, exactly: an integer beyond 2^53 is not rounded to a double first.
  public static func order(_ left: Number, _ right: Number) -> NumberOrder {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): NumberOrder(left, right)
    case (.double(let left), .double(let right)): NumberOrder(left, right)
    case (.integer(let left), .double(let right)): order(left, right)
    case (.double(let left), .integer(let right)): order(right, left).reversed
    }
  }

  private static func order(_ left: Int64, _ right: Double) -> NumberOrder {
    if let left = Double(exactly: left) { return NumberOrder(left, right) }
    // `left` now has more than 53 bits: a double of its size is whole, and one with a fraction is smaller by far.
    guard right < 0x1p63 else { return .less }
    guard right >= -0x1p63 else { return .greater }
    return NumberOrder(left, Int64(right))
  }
}

/// The three ways two numbers can lie to each other.
public enum NumberOrder: Sendable, Hashable {
  case less
  case equal
  case greater

  init<Value: Comparable>(_ left: Value, _ right: Value) {
    self = left < right ? .less : left == right ? .equal : .greater
  }

  var reversed: NumberOrder {
    switch self {
    case .less: .greater
    case .equal: .equal
    case .greater: .less
    }
  }
}
