/// Decimal digits, lowest first, added and multiplied as on paper: slow, and plain to see.
struct SlowNatural: Equatable, CustomStringConvertible {
  var digits: [Int]

  init(_ value: UInt64) {
    digits = String(value).reversed().compactMap(\.wholeNumberValue)
  }

  private init(carrying columns: [Int]) {
    var (digits, carry): ([Int], Int) = ([], 0)
    for column in columns {
      digits.append((column + carry) % 10)
      carry = (column + carry) / 10
    }
    while carry > 0 {
      digits.append(carry % 10)
      carry /= 10
    }
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    self.digits = digits
  }

  static func + (left: SlowNatural, right: SlowNatural) -> SlowNatural {
    var columns = [Int](repeating: 0, count: max(left.digits.count, right.digits.count))
    for (index, digit) in left.digits.enumerated() { columns[index] += digit }
    for (index, digit) in right.digits.enumerated() { columns[index] += digit }
    return SlowNatural(carrying: columns)
  }

  static func * (left: SlowNatural, right: SlowNatural) -> SlowNatural {
    var columns = [Int](repeating: 0, count: left.digits.count + right.digits.count)
    for (index, digit) in left.digits.enumerated() {
      for (other, factor) in right.digits.enumerated() { columns[index + other] += digit * factor }
    }
    return SlowNatural(carrying: columns)
  }

  var description: String { digits.reversed().map(String.init).joined() }
}
