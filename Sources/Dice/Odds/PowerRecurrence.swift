/// The coefficients of a power of a polynomial, each from the few before it.
///
/// The weights of a law are the coefficients of a polynomial, and those of the sum of n copies the coefficients of its
/// n-th power. With q = pⁿ, the identity p q′ = n p′ q gives Euler's recurrence (Knuth, "The Art of Computer
/// Programming" volume 2, 3rd edition, 4.7, equation 9):
///
///     k p₀ qₖ = Σ ((n + 1) i − k) pᵢ qₖ₋ᵢ    over i from 1
///
/// Where all s coefficients are equal, p is a multiple of (1 − xˢ) / (1 − x), and the same identity for that has three
/// terms whatever s is:
///
///     k qₖ = (k + n − 1) qₖ₋₁ + (k − s − n s) qₖ₋ₛ + (n (s − 1) + s + 1 − k) qₖ₋ₛ₋₁
///
/// So a result of m entries takes m times the terms, where adding die by die would take n times m.
struct PowerRecurrence {
  private struct Term {
    /// How many entries before the new one.
    let offset: Int
    /// What the entry is multiplied by; changes with k by `slope`.
    var factor: Int64
    let slope: Int64
  }

  private var terms: [Term] = []
  /// The lowest weight, or the highest, whichever is smaller: by it every entry is divided.
  private let first: Natural
  private let divisor: UInt64
  private let exponent: Int
  /// The degree of the power.
  private let last: Int
  /// The recurrence runs from the highest weight down.
  private let isReversed: Bool
  /// The power reads the same from both ends, so half of it is enough.
  private let isSymmetric: Bool

  /// Nil where a factor might not fit a word.
  ///
  /// - Parameter weights: of a law on a lattice; the first and the last are not zero.
  init?(of weights: Weights, exponent: Int) {
    let count = weights.count
    guard weights.width == 1 || count == 1 else { return nil }
    isReversed = count > 1 && weights[word: count - 1] < weights[word: 0]
    isSymmetric = count == 1 || (0..<count / 2).allSatisfy { weights[word: $0] == weights[word: count - 1 - $0] }
    first = weights[isReversed ? count - 1 : 0]
    self.exponent = exponent
    last = (count - 1) * exponent
    guard count > 1 else {
      divisor = 1
      return
    }
    if (1..<count).allSatisfy({ weights[word: $0] == weights[word: 0] }) {
      divisor = 1
      setEqualTerms(Int64(count), Int64(exponent))
      return
    }
    // The factors of one step add up to less than 2^61, so their products with words stay within `Int128`; so do the
    // products of `first` and k within a word.
    let mass = (0..<count).reduce(0.0) { $0 + Double(weights[word: $1]) }
    guard Double(exponent + 1) * Double(count) * mass < 0x1p61, let first = first.word else { return nil }
    divisor = first
    for index in 1..<count {
      let weight = Int64(weights[word: isReversed ? count - 1 - index : index])
      guard weight != 0 else { continue }
      terms.append(Term(offset: index, factor: Int64(exponent + 1) * Int64(index) * weight, slope: -weight))
    }
  }

  private mutating func setEqualTerms(_ sides: Int64, _ exponent: Int64) {
    terms = [
      Term(offset: 1, factor: exponent - 1, slope: 1),
      Term(offset: Int(sides), factor: -sides * (exponent + 1), slope: 1),
      Term(offset: Int(sides) + 1, factor: exponent * (sides - 1) + sides + 1, slope: -1),
    ]
  }

  /// Steps that ``weights(width:)`` takes. A division counts as four, and so does what an entry costs besides.
  func work(width: Double) -> Double {
    Double(last + 1) * (Double(terms.count) * width + 4 * width + 4) + width * width * 2
  }

  /// The coefficients of the power, lowest first.
  ///
  /// - Parameter width: words for each, as many as their sum takes.
  func weights(width: Int) throws(OddsError) -> Weights {
    let (terms, steps, divisor) = (terms, isSymmetric ? last / 2 : last, divisor)
    var words = [UInt64](repeating: 0, count: (last + 1) * width)
    let start = try first.power(UInt(exponent))
    for place in 0..<start.wordCount { words[place] = start[word: place] }
    var factors = terms.map(\.factor)
    var reach = 0
    for step in stride(from: 1, through: steps, by: 1) {
      for index in terms.indices { factors[index] += terms[index].slope }
      while reach < terms.count, terms[reach].offset <= step { reach += 1 }
      var carry: Int128 = 0
      for place in 0..<width {
        for index in 0..<reach {
          carry &+= Int128(factors[index]) &* Int128(words[(step - terms[index].offset) * width + place])
        }
        words[step * width + place] = UInt64(truncatingIfNeeded: carry)
        carry >>= 64
      }
      // The sum is a multiple of the divisor, and the quotient fits: the carry is less than the divisor.
      var wordDivisor = WordDivisor(divisor * UInt64(step))
      if carry != 0 { _ = wordDivisor.divide(UInt64(truncatingIfNeeded: carry)) }
      for place in (step * width..<(step + 1) * width).reversed() { words[place] = wordDivisor.divide(words[place]) }
    }
    for step in stride(from: steps + 1, through: last, by: 1) {
      for place in 0..<width { words[step * width + place] = words[(last - step) * width + place] }
    }
    let weights = Weights(count: last + 1, words: words)
    return isReversed ? weights.selecting((0...last).reversed(), width: width) : weights
  }
}
