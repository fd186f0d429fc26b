extension Double {
  /// The number as ECMAScript writes it (ECMA-262, Number::toString; the form RFC 8785 section 3.2.2.3 demands): the
  /// fewest digits that read back as the same `Double`, without exponent from 1e-6 up to below 1e21, and `0` for `-0`.
  ///
  /// A number that is not finite is written `null`, as `JSON.stringify` does.
  var ecmaScriptText: String {
    var bytes: [UInt8] = []
    appendECMAScript(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The integer that ``ecmaScriptText`` reads back as, if it is written as one and fits.
  var canonicalInteger: Int64? {
    smallInteger ?? ((0x1p53..<1e19).contains(magnitude) ? Int64(ecmaScriptText) : nil)
  }

  /// The value as an integer, where all integers in between are `Double`s too and its digits are therefore those of
  /// the shortest form.
  private var smallInteger: Int64? {
    guard magnitude <= 0x1p53 else { return nil }
    let integer = Int64(self)
    return Double(integer) == self ? integer : nil
  }

  func appendECMAScript(to bytes: inout [UInt8]) {
    guard isFinite else { return bytes.append(contentsOf: "null".utf8) }
    if let smallInteger { return bytes.appendDecimal(smallInteger) }
    if self < 0 { bytes.append(UInt8(ascii: "-")) }
    ShortestDecimal(of: magnitude).append(to: &bytes)
  }
}

/// The shortest decimal of a finite number above zero: 0.d₁d₂d₃… × 10^`point`, the first and last digit not zero.
private struct ShortestDecimal {
  private var digits: [UInt8] = []
  private var point = 0

  /// Takes the digits from the standard library's description, which has the fewest that read back (as ECMAScript's),
  /// but other rules for when to use an exponent.
  init(of number: Double) {
    var exponent = 0
    var integerDigits: Int?
    var text = number.description.utf8[...]
    while let byte = text.popFirst() {
      switch byte {
      case UInt8(ascii: "."): integerDigits = digits.count
      case UInt8(ascii: "e"):
        exponent = Int(Substring(text)) ?? 0
        text = text.suffix(0)
      default: digits.append(byte)
      }
    }
    point = (integerDigits ?? digits.count) + exponent
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
  }

  func append(to bytes: inout [UInt8]) {
    switch point {
    case digits.count...21: appendInteger(to: &bytes)
    case 1...21: appendFraction(to: &bytes)
    case -5...0: appendSmallFraction(to: &bytes)
    default: appendScientific(to: &bytes)
    }
  }

  private func appendInteger(to bytes: inout [UInt8]) {
    bytes += digits
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: point - digits.count))
  }

  private func appendFraction(to bytes: inout [UInt8]) {
    bytes += digits[..<point]
    bytes.append(UInt8(ascii: "."))
    bytes += digits[point...]
  }

  private func appendSmallFraction(to bytes: inout [UInt8]) {
    bytes += "0.".utf8
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -point))
    bytes += digits
  }

  private func appendScientific(to bytes: inout [UInt8]) {
    bytes += digits[..<1]
    if digits.count > 1 {
      bytes.append(UInt8(ascii: "."))
      bytes += digits[1...]
    }
    let exponent = point - 1
    bytes += (exponent < 0 ? "e-" : "e+").utf8
    bytes.appendDecimal(Int64(exponent.magnitude))
  }
}
