/// A whole number from 0 up, of any size to ``bitsMax`` bits: how many outcomes there are, or how many give a total.
///
/// ```swift
/// try Natural(6).power(4)  // 1296
/// ```
public struct Natural: Sendable, Hashable {
  /// The lowest 64 bits.
  private(set) var low: UInt64
  /// The words above, lowest first, the last one not zero. Below 2^64 it is empty and nothing is allocated.
  private(set) var high: [UInt64]

  /// Public operators throw above this many bits, which is 128 KiB, instead of taking more memory.
  public static let bitsMax = 1 << 20

  public init(_ value: UInt64) {
    low = value
    high = []
  }

  init(wide value: UInt128) {
    low = UInt64(truncatingIfNeeded: value)
    let upper = UInt64(truncatingIfNeeded: value >> 64)
    high = upper == 0 ? [] : [upper]
  }

  /// - Parameter words: lowest first; zeros at the end are no part of the number.
  init(words: some BidirectionalCollection<UInt64>) {
    low = words.first ?? 0
    var rest = words.dropFirst()
    while rest.last == 0 { rest.removeLast() }
    high = Array(rest)
  }

  public var isZero: Bool { low == 0 && high.isEmpty }

  /// Significant bits; 0 for zero.
  public var bitWidth: Int {
    high.isEmpty ? 64 - low.leadingZeroBitCount : (high.count + 1) * 64 - high[high.count - 1].leadingZeroBitCount
  }

  /// How many 64-bit words it takes; 1 for zero.
  var wordCount: Int { high.count + 1 }

  var words: [UInt64] { [low] + high }

  /// The number itself when one word holds it.
  var word: UInt64? { high.isEmpty ? low : nil }

  subscript(word index: Int) -> UInt64 {
    get { index == 0 ? low : high[index - 1] }
    set { if index == 0 { low = newValue } else { high[index - 1] = newValue } }
  }

  /// Gives it at least `count` words, the new ones zero, until ``trim()``.
  mutating func extend(toWords count: Int) {
    if count > wordCount { high.append(contentsOf: repeatElement(0, count: count - wordCount)) }
  }

  /// Appends a word on top unless it is zero.
  mutating func carry(_ word: UInt64) {
    if word != 0 { high.append(word) }
  }

  mutating func trim() {
    while high.last == 0 { high.removeLast() }
  }
}

extension Natural: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: UInt64) { self.init(value) }
}

extension Natural: Comparable {
  public static func < (left: Natural, right: Natural) -> Bool {
    if left.high.isEmpty, right.high.isEmpty { return left.low < right.low }
    guard left.wordCount == right.wordCount else { return left.wordCount < right.wordCount }
    for index in (0..<left.wordCount).reversed() where left[word: index] != right[word: index] {
      return left[word: index] < right[word: index]
    }
    return false
  }
}

extension Natural: CustomStringConvertible {
  /// In decimal. Takes time with the square of the digits: some ten microseconds for a thousand of them.
  public var description: String {
    guard !high.isEmpty else { return String(low) }
    var (rest, digits): ([UInt64], [UInt8]) = (words, [])
    digits.reserveCapacity(wordCount * 20)
    while let top = rest.last {
      guard top > 0 else {
        rest.removeLast()
        continue
      }
      // Nineteen digits at a time, the lowest first: more do not fit a word.
      var divisor = WordDivisor(10_000_000_000_000_000_000)
      for index in rest.indices.reversed() { rest[index] = divisor.divide(rest[index]) }
      var chunk = divisor.remainder
      for _ in 0..<19 {
        digits.append(UInt8(ascii: "0") + UInt8(chunk % 10))
        chunk /= 10
      }
    }
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return String(decoding: digits.reversed(), as: UTF8.self)
  }
}
