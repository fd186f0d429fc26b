import Storage

/// A `numeric` as `numeric_send` writes it: how many digits of base 10,000 there are, the power of the first, sign, decimal
/// places, then the digits, each in 16 bits.
struct BinaryNumeric {
  private let weight: Int
  private let sign: UInt16
  private let decimals: UInt16
  private let digits: [UInt16]

  init(_ bytes: UnsafeRawBufferPointer) throws(PostgresFault) {
    guard bytes.count >= 8, bytes.count.isMultiple(of: 2) else { throw .misuse("A numeric has \(bytes.count) bytes.") }
    let words = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    guard Int(words[0]) == words.count - 4, words[4...].allSatisfy({ $0 < 10_000 }) else {
      throw .misuse("A numeric's digits are not what its head says.")
    }
    weight = Int(Int16(bitPattern: words[1]))
    sign = words[2]
    decimals = words[3]
    digits = Array(words[4...])
  }

  var value: SQLValue {
    get throws(PostgresFault) {
      switch sign {
      case 0x0000, 0x4000: decimals == 0 ? .integer(try integer()) : .real(try real())
      case 0xD000: .real(.infinity)
      case 0xF000: .real(-.infinity)
      default: throw .misuse("A result holds a numeric that is not a number.")
      }
    }
  }

  private var isNegative: Bool { sign == 0x4000 }

  private func integer() throws(PostgresFault) -> Int64 {
    // 2^63 has five digits of base 10,000. Counted in negatives, which reach one further.
    guard weight < 5 else { throw Self.overflow }
    var negative: Int64 = 0
    for place in 0..<max(weight + 1, 0) {
      let (moved, over) = negative.multipliedReportingOverflow(by: 10_000)
      let digit = place < digits.count ? Int64(digits[place]) : 0
      let (sum, again) = moved.subtractingReportingOverflow(digit)
      guard !over, !again else { throw Self.overflow }
      negative = sum
    }
    guard !isNegative else { return negative }
    guard negative != .min else { throw Self.overflow }
    return -negative
  }

  private func real() throws(PostgresFault) -> Double {
    let mantissa = digits.map { String(String($0 + 10_000).dropFirst()) }.joined()
    let exponent = 4 * (weight + 1 - digits.count)
    guard let real = Double("\(isNegative ? "-" : "")\(mantissa.isEmpty ? "0" : mantissa)e\(exponent)") else {
      throw .misuse("A numeric does not read as a number.")
    }
    return real
  }

  private static let overflow = PostgresFault.misuse("A sum is outside the 64 bits of an integer.")
}
