extension JSONParser {
  /// Reads a number; the next byte is a digit or the minus sign.
  mutating func number() throws(JSONFault) -> JSON {
    let start = position
    var decimal = Decimal()
    decimal.isNegative = take(UInt8(ascii: "-"))
    try integerDigits(into: &decimal)
    let hasFraction = take(UInt8(ascii: "."))
    if hasFraction { decimal.exponent -= try digits(of: "the fraction", into: &decimal) }
    let hasExponent = take(UInt8(ascii: "e")) || take(UInt8(ascii: "E"))
    if hasExponent { try exponent(into: &decimal) }
    guard position - start <= limits.numberDigits else { throw tooLong(from: start) }
    if hasFraction || hasExponent { return .number(try double(decimal, from: start)) }
    return try integer(decimal, from: start)
  }

  private mutating func integerDigits(into decimal: inout Decimal) throws(JSONFault) {
    let start = position
    let count = try digits(of: "the number", into: &decimal)
    guard count == 1 || bytes[start] != UInt8(ascii: "0") else {
      throw fault(.leadingZero, "a number must not start with a zero before other digits", at: start)
    }
  }

  /// Reads one digit or more, and adds them to the significand.
  ///
  /// - Returns: how many they were.
  private mutating func digits(of part: String, into decimal: inout Decimal) throws(JSONFault) -> Int {
    let start = position
    while let digit = next?.digit, position - start <= limits.numberDigits {
      decimal.append(digit)
      position += 1
    }
    guard position > start else {
      throw notFinite ?? unexpected("a digit of \(part)", otherwise: .invalidNumber)
    }
    guard position - start <= limits.numberDigits else { throw tooLong(from: start) }
    return position - start
  }

  private mutating func exponent(into decimal: inout Decimal) throws(JSONFault) {
    let isNegative = take(UInt8(ascii: "-"))
    if !isNegative { _ = take(UInt8(ascii: "+")) }
    var exponent = Decimal()
    _ = try digits(of: "the exponent", into: &exponent)
    // A greater exponent than this decides by itself whether the number is nothing or too great.
    let magnitude = Int(min(exponent.significand ?? .max, 1_000_000))
    decimal.exponent += isNegative ? -magnitude : magnitude
  }

  private func integer(_ decimal: Decimal, from start: Int) throws(JSONFault) -> JSON {
    if let integer = decimal.integer { return .integer(integer) }
    let number = try double(decimal, from: start)
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard number != 0 else { return .number(-0.0) }
    guard number.ecmaScriptText == text else {
      throw fault(
        .integerOutOfRange,
        "the integer \(text) does not lie between \(Int64.min) and \(Int64.max); write it as a string", at: start)
    }
    return .number(number)
  }

  private func double(_ decimal: Decimal, from start: Int) throws(JSONFault) -> Double {
    if let number = decimal.exactDouble { return number }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Double(text), number.isFinite else {
      throw fault(
        .numberOutOfRange, "the number \(text) is beyond ±\(Double.greatestFiniteMagnitude.ecmaScriptText)", at: start)
    }
    return number
  }

  private func tooLong(from start: Int) -> JSONFault {
    fault(.numberTooLong, "the number has more than the \(limits.numberDigits) characters allowed", at: start)
  }
}

/// A decimal number as it is being read: `significand` × 10^`exponent`.
private struct Decimal {
  var isNegative = false
  /// `nil` once the digits no longer fit.
  var significand: UInt64? = 0
  var exponent = 0

  mutating func append(_ digit: UInt8) {
    guard let old = significand else { return }
    let (product, overflows) = old.multipliedReportingOverflow(by: 10)
    let (sum, carries) = product.addingReportingOverflow(UInt64(digit))
    significand = overflows || carries ? nil : sum
  }

  /// The value of digits alone; `-0` has none.
  var integer: Int64? {
    guard let significand else { return nil }
    guard isNegative else { return Int64(exactly: significand) }
    return significand == 0 || significand > Int64.min.magnitude ? nil : Int64(truncatingIfNeeded: 0 &- significand)
  }

  /// The value, if one multiplication or division of two exact numbers gives it, which rounds once and therefore right
  /// (W. D. Clinger, "How to read floating point numbers accurately", 1990).
  var exactDouble: Double? {
    guard let significand, significand <= 1 << 53, abs(exponent) < Self.powersOfTen.count else { return nil }
    let power = Self.powersOfTen[abs(exponent)]
    let magnitude = exponent < 0 ? Double(significand) / power : Double(significand) * power
    return isNegative ? -magnitude : magnitude
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}

extension UInt8 {
  /// The value of a decimal digit.
  var digit: UInt8? { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) ? self & 0x0F : nil }
}
