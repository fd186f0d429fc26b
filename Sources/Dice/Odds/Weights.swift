/// Counts that lie one after another in memory, each in the same number of 64-bit words, the lowest word first.
///
/// A count never passes its law's denominator, and the width is chosen for that, so sums and products here need no
/// check: every intermediate result is at most the final one. Tables are added to tables that are as wide or wider. One
/// word and two words, which is most of what is rolled, have loops of their own.
struct Weights: Sendable, Hashable {
  let count: Int
  /// Words of a count.
  let width: Int
  private(set) var words: [UInt64]

  /// Zeros.
  init(count: Int, width: Int) {
    self.count = count
    self.width = width
    words = [UInt64](repeating: 0, count: count * width)
  }

  /// - Parameter words: a count each.
  init(words: [UInt64]) {
    self.init(count: words.count, words: words)
  }

  /// - Parameters:
  ///   - count: at least 1.
  ///   - words: as many for each count.
  init(count: Int, words: [UInt64]) {
    self.count = count
    width = words.count / count
    self.words = words
  }

  init(_ naturals: some Collection<Natural>, width: Int) {
    self.init(count: naturals.count, width: width)
    for (index, natural) in naturals.enumerated() { self[index] = natural }
  }

  subscript(index: Int) -> Natural {
    get {
      if width == 1 { return Natural(words[index]) }
      if width == 2 { return Natural(wide: pair(index)) }
      return Natural(words: words[(index * width)..<((index + 1) * width)])
    }
    set {
      for place in 0..<width {
        words[index * width + place] = place < newValue.wordCount ? newValue[word: place] : 0
      }
    }
  }

  func isZero(_ index: Int) -> Bool {
    if width == 1 { return words[index] == 0 }
    return words[(index * width)..<((index + 1) * width)].allSatisfy { $0 == 0 }
  }

  /// An entry, where entries are one word wide.
  subscript(word index: Int) -> UInt64 { words[index] }

  /// The sum of the entries chosen.
  func sum(_ entries: some Sequence<Int>) -> Natural {
    var sum = Weights(count: 1, width: width)
    for index in entries { sum.add(self, index..<(index + 1), at: 0) }
    return sum[0]
  }

  /// The entries chosen, in that order, each in `width` words, which must hold them.
  func selecting(_ entries: some Collection<Int>, width: Int) -> Weights {
    var selected = Weights(count: entries.count, width: width)
    for (entry, index) in entries.enumerated() {
      for place in 0..<min(width, self.width) {
        selected.words[entry * width + place] = words[index * self.width + place]
      }
    }
    return selected
  }
}

extension Weights {
  /// Adds some of another table's entries to those from `index` on, every `stride`th of them.
  mutating func add(_ other: Weights, _ entries: Range<Int>, at index: Int, stride: Int = 1) {
    precondition(other.width <= width)
    if width == 1 {
      for offset in 0..<entries.count { words[index + offset * stride] &+= other.words[entries.lowerBound + offset] }
    } else if width == 2 {
      for offset in 0..<entries.count {
        setPair(index + offset * stride, pair(index + offset * stride) &+ other.pair(entries.lowerBound + offset))
      }
    } else {
      for offset in 0..<entries.count { addWords(of: other, entries.lowerBound + offset, at: index + offset * stride) }
    }
  }

  /// Adds some of another table's entries, multiplied by one entry of a third, to those from `index` on, every
  /// `stride`th of them.
  mutating func add(
    _ other: Weights, _ entries: Range<Int>, times factors: Weights, _ factor: Int, at index: Int, stride: Int = 1
  ) {
    precondition(other.width <= width && factors.width <= width)
    if width == 1 {
      let factor = factors.words[factor]
      for offset in 0..<entries.count {
        words[index + offset * stride] &+= other.words[entries.lowerBound + offset] &* factor
      }
    } else if width == 2 {
      let factor = factors.pair(factor)
      for offset in 0..<entries.count {
        let product = other.pair(entries.lowerBound + offset) &* factor
        setPair(index + offset * stride, pair(index + offset * stride) &+ product)
      }
    } else {
      let factor = factors.significantWords(of: factor)
      for offset in 0..<entries.count {
        addProduct(of: other, entries.lowerBound + offset, factor, at: index + offset * stride)
      }
    }
  }

  private func pair(_ index: Int) -> UInt128 {
    if width == 1 { return UInt128(words[index]) }
    return UInt128(words[2 * index]) | UInt128(words[2 * index + 1]) << 64
  }

  private mutating func setPair(_ index: Int, _ value: UInt128) {
    words[2 * index] = UInt64(truncatingIfNeeded: value)
    words[2 * index + 1] = UInt64(truncatingIfNeeded: value >> 64)
  }

  private func significantWords(of index: Int) -> ArraySlice<UInt64> {
    var significant = words[(index * width)..<((index + 1) * width)]
    while significant.last == 0 { significant.removeLast() }
    return significant
  }

  private mutating func addWords(of other: Weights, _ entry: Int, at index: Int) {
    var carry: UInt64 = 0
    for place in 0..<width where place < other.width || carry > 0 {
      let addend = place < other.width ? other.words[entry * other.width + place] : 0
      let sum = UInt128(words[index * width + place]) &+ UInt128(addend) &+ UInt128(carry)
      words[index * width + place] = UInt64(truncatingIfNeeded: sum)
      carry = UInt64(truncatingIfNeeded: sum >> 64)
    }
  }

  private mutating func addProduct(of other: Weights, _ entry: Int, _ factor: ArraySlice<UInt64>, at index: Int) {
    let (target, origin) = (index * width, entry * other.width)
    for (start, multiplier) in factor.enumerated() {
      var carry: UInt64 = 0
      for place in start..<width where place - start < other.width || carry > 0 {
        let word = place - start < other.width ? other.words[origin + place - start] : 0
        let sum = UInt128(word) &* UInt128(multiplier) &+ UInt128(words[target + place]) &+ UInt128(carry)
        words[target + place] = UInt64(truncatingIfNeeded: sum)
        carry = UInt64(truncatingIfNeeded: sum >> 64)
      }
    }
  }
}
